package dev.rolecall.verifier.internal.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON document of objects and scalars, read strictly: UTF-8 without fault, one object and
 * nothing after it, no key twice, no array, four levels at most. Keys are compared exactly.
 *
 * @param members strings as {@link String}, objects as {@code AnswerJson}, any other scalar as
 *     {@link Scalar#NOT_A_STRING}
 */
record AnswerJson(Map<String, Object> members) {

  /** A number, a truth value or null: never wanted, and harmless in an error. */
  enum Scalar {
    NOT_A_STRING
  }

  private static final int MAX_DEPTH = 4;
  private static final int MAX_NAME = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_NAME)
                  .maxStringLength(StsResponse.MAX_BODY)
                  .maxDocumentLength(StsResponse.MAX_BODY)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Keys come from outside: they may not fill tables that outlive the answer.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  AnswerJson {
    members = Map.copyOf(members);
  }

  /** The document in those bytes; empty if it is not one. */
  static Optional<AnswerJson> read(byte[] body) {
    try {
      // Decoded here: the parser would guess among UTF-8, UTF-16 and UTF-32.
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      try (JsonParser parser = FACTORY.createParser(text)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          return Optional.empty();
        }
        Optional<AnswerJson> document = object(parser);
        return parser.nextToken() == null ? document : Optional.empty();
      }
    } catch (IOException e) {
      // The exception may quote the document, and the document may hold a session token: what it
      // was is not worth that.
      return Optional.empty();
    }
  }

  private static Optional<AnswerJson> object(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (value) {
        case VALUE_STRING -> members.put(name, parser.getText());
        case START_OBJECT -> {
          Optional<AnswerJson> child = object(parser);
          if (child.isEmpty()) {
            return Optional.empty();
          }
          members.put(name, child.get());
        }
        case START_ARRAY -> {
          return Optional.empty();
        }
        default -> members.put(name, Scalar.NOT_A_STRING);
      }
    }
    return Optional.of(new AnswerJson(members));
  }

  /** The object of that name. */
  Optional<AnswerJson> child(String name) {
    return members.get(name) instanceof AnswerJson child ? Optional.of(child) : Optional.empty();
  }

  /** The string of that name, unless it is empty. */
  Optional<String> string(String name) {
    return members.get(name) instanceof String text && !text.isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "AnswerJson[****]";
  }
}
