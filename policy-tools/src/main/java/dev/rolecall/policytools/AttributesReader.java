package dev.rolecall.policytools;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.Principal;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.claim.CallerConditions;
import dev.rolecall.policy.document.internal.ClaimValueReader;
import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.KnownKeys;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.policy.internal.InvalidValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the attributes that a case states of its caller; what is left out is absent. */
final class AttributesReader {

  static final String ATTRIBUTES = "attributes";

  private static final String CLIENT = "client";
  private static final String SCOPES = "scopes";
  private static final String CLAIMS = "claims";
  private static final String TAGS = "tags";
  private static final String ACTORS = "actors";
  private static final KnownKeys KEYS = KnownKeys.of(CLIENT, SCOPES, CLAIMS, TAGS, ACTORS);

  private final Remarks remarks;
  private final FieldReader read;

  AttributesReader(Remarks remarks) {
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
  }

  /** The attributes; without what has a problem, which has been reported. */
  Attributes attributes(Mapping policyCase) {
    return read.optional(policyCase, ATTRIBUTES)
        .flatMap(node -> read.mapping(ATTRIBUTES, KEYS, node))
        .map(this::stated)
        .orElse(Attributes.none());
  }

  private Attributes stated(Mapping stated) {
    Optional<String> client =
        read.optional(stated, CLIENT)
            .flatMap(
                node ->
                    read.string(CLIENT, node)
                        .flatMap(text -> made(text, node.at(), AttributesReader::client)));
    List<String> scopes =
        read.strings(
            SCOPES,
            read.optionalList(stated, SCOPES),
            (text, at) -> made(text, at, CallerConditions::checkScope));
    Map<String, ClaimValue> claims =
        new ClaimValueReader(remarks).members(CLAIMS, read.optionalEntries(stated, CLAIMS));
    Map<String, String> tags = new HashMap<>();
    for (Node.Field tag : read.optionalEntries(stated, TAGS)) {
      String key = tag.key().value();
      read.string("tag " + key, tag.value()).ifPresent(value -> tags.put(key, value));
    }
    List<Principal> actors =
        read.strings(
            ACTORS,
            read.optionalList(stated, ACTORS),
            (text, at) -> made(text, at, actor -> CallerQuery.principal("actor", actor)));
    try {
      return new Attributes(client, new HashSet<>(scopes), claims, tags, actors);
    } catch (IllegalArgumentException e) {
      problem(stated.at(), e);
      return Attributes.none();
    }
  }

  private static String client(String text) {
    if (!OidcSubject.isValid(text)) {
      throw InvalidValue.broken(CLIENT, text, OidcSubject.RULE);
    }
    return text;
  }

  private <T> Optional<T> made(String text, Place at, Function<String, T> maker) {
    try {
      return Optional.of(maker.apply(text));
    } catch (IllegalArgumentException e) {
      problem(at, e);
      return Optional.empty();
    }
  }

  private void problem(Place at, IllegalArgumentException e) {
    remarks.problem(at, ProblemCode.INVALID_CALLER, String.valueOf(e.getMessage()));
  }
}
