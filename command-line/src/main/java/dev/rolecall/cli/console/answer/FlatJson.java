package dev.rolecall.cli.console.answer;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small JSON object of texts, lists of texts and maps of texts. */
public final class FlatJson {

  private final Map<String, Value> fields;

  private FlatJson(Map<String, Value> fields) {
    this.fields = fields;
  }

  /**
   * Reads an object.
   *
   * @throws FailedException if it is none
   */
  public static FlatJson read(String json) {
    Struct.Builder object = Struct.newBuilder();
    try {
      JsonFormat.parser().merge(json, object);
    } catch (InvalidProtocolBufferException e) {
      throw new FailedException(Failure.wrong("the request is no JSON object"), e);
    }
    return new FlatJson(object.getFieldsMap());
  }

  /**
   * A text.
   *
   * @throws FailedException if it is absent, or no text
   */
  public String text(String name) {
    return optional(name).orElseThrow(() -> wrong(name, "a text"));
  }

  /**
   * A text; empty where it is absent, or the empty text.
   *
   * @throws FailedException if it is something else
   */
  public Optional<String> optional(String name) {
    Value value = fields.getOrDefault(name, Value.getDefaultInstance());
    if (value.hasStringValue()) {
      return Optional.of(value.getStringValue()).filter(text -> !text.isEmpty());
    }
    if (value.hasNullValue() || value.getKindCase() == Value.KindCase.KIND_NOT_SET) {
      return Optional.empty();
    }
    throw wrong(name, "a text");
  }

  /**
   * Texts; none where the field is absent.
   *
   * @throws FailedException if it is something else
   */
  public List<String> texts(String name) {
    return fields
        .getOrDefault(name, Value.getDefaultInstance())
        .getListValue()
        .getValuesList()
        .stream()
        .map(each -> textOf(name, each))
        .toList();
  }

  /**
   * Texts by name; none where the field is absent.
   *
   * @throws FailedException if it is something else
   */
  public Map<String, String> map(String name) {
    Map<String, String> all = new LinkedHashMap<>();
    fields
        .getOrDefault(name, Value.getDefaultInstance())
        .getStructValue()
        .getFieldsMap()
        .forEach((key, value) -> all.put(key, textOf(name, value)));
    return all;
  }

  private static String textOf(String name, Value value) {
    if (!value.hasStringValue()) {
      throw wrong(name, "texts");
    }
    return value.getStringValue();
  }

  private static FailedException wrong(String name, String expected) {
    return new FailedException(Failure.wrong(name + " (expected: " + expected + ")"));
  }
}
