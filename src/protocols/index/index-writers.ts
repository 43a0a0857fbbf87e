import type { IndexFormat } from '../../domain/catalogue/catalogue-index.js';
import type { IndexWriter } from './index-writer.js';
import { cxmlIndexWriter, ociIndexWriter } from './write-documents.js';
import { cifWriter, jaggaerWriter, oracleWriter } from './write-table.js';

/** A writer for each format. */
export const INDEX_WRITERS: Record<IndexFormat, IndexWriter> = {
  cxml: cxmlIndexWriter,
  cif: cifWriter,
  jaggaer: jaggaerWriter,
  oracle: oracleWriter,
  oci: ociIndexWriter,
};
