"""Facts as RDF: vocabulary, quads, the store, and what is checked in it."""
