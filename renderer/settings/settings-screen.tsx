import type { ReactNode } from 'react';
import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import { useStores, useWords } from '../stores.ts';
import { Page } from '../ui/page.tsx';
import { About } from './about.tsx';
import { DesktopSettings } from './desktop-settings.tsx';
import { LibrarySafety } from './library-safety.tsx';
import { MusicFolders } from './music-folders.tsx';
import './settings-screen.css';

const themes = ['system', 'dark', 'light'] as const;

/** @param props.children further sections, which other parts of the window own */
export function SettingsScreen({ children }: { readonly children?: ReactNode }) {
  const words = useWords();
  return (
    <Page title={words.settings.title}>
      <Section title={words.settings.folders}>
        <MusicFolders />
      </Section>
      <Section title={words.settings.look}>
        <ThemeChoice />
      </Section>
      <Section title={words.desktop.title}>
        <DesktopSettings />
      </Section>
      <Section title={words.safety.title}>
        <LibrarySafety />
      </Section>
      {children}
      <Section title={words.settings.about}>
        <About />
      </Section>
    </Page>
  );
}

export function Section({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="settings-section">
      <h2 className="settings-heading">{title}</h2>
      {children}
    </section>
  );
}

function ThemeChoice() {
  const { settings: words } = useWords();
  const theme = useStores('settings', ({ settings }) => settings.theme);
  const change = useStores('settings', (settings) => settings.change);
  return (
    <RadioGroup
      className="settings-themes"
      orientation="horizontal"
      value={theme}
      onChange={(chosen) => {
        const known = themes.find((candidate) => candidate === chosen);
        if (known !== undefined) void change({ theme: known });
      }}
    >
      <Label className="settings-label">{words.theme}</Label>
      <div className="settings-theme-row">
        {themes.map((name) => (
          <RadioField key={name} value={name}>
            <RadioButton className="settings-theme">
              <span className={`settings-theme-picture settings-theme-${name}`} aria-hidden />
              {words.themes[name]}
            </RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}
