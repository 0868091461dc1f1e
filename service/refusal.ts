import { problems, type Problem, type ProblemCode } from './api/problem.ts';

/** Thrown where a request can't be granted; the router answers it with its status. */
export class Refusal extends Error {
  readonly code: ProblemCode;

  constructor(code: ProblemCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'Refusal';
    this.code = code;
  }
}

export function problemResponse(code: ProblemCode, message: string): Response {
  return Response.json({ code, message } satisfies Problem, { status: problems[code] });
}
