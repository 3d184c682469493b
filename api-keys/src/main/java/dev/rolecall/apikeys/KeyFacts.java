package dev.rolecall.apikeys;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Facts;
import dev.rolecall.identity.Fact;
import java.util.ArrayList;
import java.util.List;

/**
 * The facts of a refused key, for logs and audit records: the id that it claims. Nothing else of a
 * key is public.
 *
 * @param id the id
 * @param withoutTls whether it came over a connection without TLS
 */
record KeyFacts(ApiKeyId id, boolean withoutTls) implements Facts {

  /** Checks that nothing is absent. */
  KeyFacts {
    requireNonNull(id, "id");
  }

  @Override
  public int size() {
    return ApiKeyId.LENGTH;
  }

  @Override
  public List<Fact> list() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("key_id", "key id", id.value()));
    if (withoutTls) {
      facts.add(new Fact("connection", "connection", "without TLS"));
    }
    return facts;
  }
}
