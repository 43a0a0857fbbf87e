import type { Classification } from '../../domain/cart/cart.js';
import type { ClassificationRules } from '../../domain/mapping/mapping.js';

/** Codes replaced by the connection's tables, then only the chosen domains in their order. Domains are compared without regard to case. */
export function classificationMapper({
  domains,
  tables = {},
}: ClassificationRules): (classifications: Classification[]) => Classification[] {
  const byDomain = new Map(
    Object.entries(tables).map(([domain, codes]) => [domain.toLowerCase(), new Map(Object.entries(codes))]),
  );
  const chosen = domains?.map((domain) => domain.toLowerCase());
  return (classifications) => {
    const replaced = classifications.map(
      (classification) =>
        byDomain.get(classification.domain.trim().toLowerCase())?.get(classification.code.trim()) ?? classification,
    );
    if (chosen === undefined) return replaced;
    return chosen.flatMap((domain) =>
      replaced.filter((classification) => classification.domain.trim().toLowerCase() === domain),
    );
  };
}
