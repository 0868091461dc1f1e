import { z } from 'zod';

/** The closed list of what the service refuses; each has one status. */
export const problems = {
  invalid: 400,
  signed_out: 401,
  not_found: 404,
  taken: 409,
  not_now: 409,
  too_large: 413,
  too_many: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ProblemCode = keyof typeof problems;

/** How every refusal is answered. */
export const Problem = z.object({
  code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
  /** For people who read logs; the app has words of its own for each code. */
  message: z.string().max(500),
});
export type Problem = z.infer<typeof Problem>;
