import { createRoot } from 'react-dom/client';

function Bare(): React.JSX.Element {
  return <button type="button">Play</button>;
}

const root = document.querySelector('#root');
if (root !== null) createRoot(root).render(<Bare />);
