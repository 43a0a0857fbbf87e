import { type OperatorAccess, proofAsked } from '../../usecases/access/sign-in-operator.js';
import type { Admission } from '../callers/admission.js';
import type { Visit } from './guard.js';

/** Whether the operator has proven who they are within the last minutes, or does so with this form. */
export type Prove = (visit: Visit) => Promise<boolean>;

interface Deps {
  access: Pick<OperatorAccess, 'proveAgain'>;
  admission: Pick<Admission, 'guessAddress'>;
}

export function passwordProof({ access, admission }: Deps): Prove {
  return async ({ req, used, secret, form }) => {
    const asked = proofAsked(used);
    if (asked !== 'password') return asked === 'none';
    const { email } = used.operator;
    const password = form.get('own_password') ?? '';
    return (await access.proveAgain(secret, { email, password, guessAddress: admission.guessAddress(req) })).ok;
  };
}
