package dev.rolecall.jwt.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The walk over one text of JSON. It counts for itself, so that each limit has a flaw; Jackson's
 * own limits lie above them.
 */
final class JsonReader {

  /** Names are a stranger's: none of them enters a table that outlives the text. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxNumberLength(1 << 20)
                  .maxStringLength(1 << 20)
                  .maxNameLength(1 << 20)
                  .build())
          .build();

  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final JsonParser parser;
  private final JsonLimits limits;
  private int members;

  private JsonReader(JsonParser parser, JsonLimits limits) {
    this.parser = parser;
    this.limits = limits;
  }

  static JsonReading read(byte[] utf8, JsonLimits limits) {
    if (utf8.length > limits.bytes()) {
      return new JsonReading.Malformed(JsonFlaw.TOO_LONG);
    }
    try {
      // Jackson would guess at UTF-16 and UTF-32, and takes bytes that are no UTF-8.
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
        return new JsonReading.Malformed(JsonFlaw.BYTE_ORDER_MARK);
      }
      try (JsonParser parser = JSON.createParser(text)) {
        return new JsonReading.Read(new JsonReader(parser, limits).document());
      }
    } catch (FlawException e) {
      return new JsonReading.Malformed(e.flaw);
    } catch (CharacterCodingException e) {
      return new JsonReading.Malformed(JsonFlaw.NOT_UTF8);
    } catch (IOException e) {
      // The parser's message quotes the text, so it goes no further.
      return new JsonReading.Malformed(JsonFlaw.SYNTAX);
    }
  }

  private JsonValue.Members document() throws IOException, FlawException {
    JsonToken first = parser.nextToken();
    check(first != null, JsonFlaw.SYNTAX);
    check(first == JsonToken.START_OBJECT, JsonFlaw.NOT_AN_OBJECT);
    JsonValue.Members object = object(1);
    check(parser.nextToken() == null, JsonFlaw.TRAILING);
    return object;
  }

  private JsonValue.Members object(int depth) throws IOException, FlawException {
    check(depth <= limits.depth(), JsonFlaw.TOO_DEEP);
    Map<String, JsonValue> values = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      check(++members <= limits.members(), JsonFlaw.TOO_MANY_MEMBERS);
      check(!values.containsKey(name), JsonFlaw.DUPLICATE_NAME);
      parser.nextToken();
      values.put(name, value(depth));
    }
    return new JsonValue.Members(values);
  }

  private JsonValue.Items list(int depth) throws IOException, FlawException {
    check(depth <= limits.depth(), JsonFlaw.TOO_DEEP);
    List<JsonValue> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(depth));
    }
    return new JsonValue.Items(values);
  }

  private JsonValue value(int depth) throws IOException, FlawException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(depth + 1);
      case START_ARRAY -> list(depth + 1);
      case VALUE_STRING -> new JsonValue.Text(wholeCharacters(parser.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
      case VALUE_TRUE -> new JsonValue.Truth(true);
      case VALUE_FALSE -> new JsonValue.Truth(false);
      case VALUE_NULL -> new JsonValue.Nothing();
      default -> throw new FlawException(JsonFlaw.SYNTAX);
    };
  }

  private JsonValue number(String literal) throws FlawException {
    check(literal.length() <= limits.digits(), JsonFlaw.NUMBER_TOO_LONG);
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      try {
        return new JsonValue.Whole(Long.parseLong(literal));
      } catch (NumberFormatException e) {
        return new JsonValue.Fraction(literal);
      }
    }
    return new JsonValue.Fraction(literal);
  }

  private static String wholeCharacters(String text) throws FlawException {
    for (int at = 0; at < text.length(); at++) {
      if (Character.isSurrogate(text.charAt(at))) {
        check(Character.charCount(text.codePointAt(at)) == 2, JsonFlaw.LONE_SURROGATE);
        at++;
      }
    }
    return text;
  }

  private static void check(boolean rule, JsonFlaw flaw) throws FlawException {
    if (!rule) {
      throw new FlawException(flaw);
    }
  }

  /** The way out of the walk. Without a stack trace, since a stranger causes it. */
  private static final class FlawException extends Exception {

    private static final long serialVersionUID = 1;

    private final JsonFlaw flaw;

    FlawException(JsonFlaw flaw) {
      super(flaw.words(), null, false, false);
      this.flaw = flaw;
    }
  }
}
