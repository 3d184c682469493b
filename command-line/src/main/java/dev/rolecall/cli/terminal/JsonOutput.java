package dev.rolecall.cli.terminal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** One JSON value on one line, for scripts. */
public final class JsonOutput {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonOutput() {}

  /** Writes the fields of one object. */
  @FunctionalInterface
  public interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }

  /** Prints an object of those fields. */
  public static void print(PrintWriter out, Fields fields) {
    write(out, json -> object(json, fields));
  }

  /** Writes the fields of the object that stands for a thing. */
  @FunctionalInterface
  public interface FieldsOf<T> {
    void write(JsonGenerator json, T thing) throws IOException;
  }

  /** Prints an array of objects, one for each thing. */
  public static <T> void printAll(PrintWriter out, List<T> things, FieldsOf<? super T> fields) {
    write(
        out,
        json -> {
          json.writeStartArray();
          for (T each : things) {
            object(json, object -> fields.write(object, each));
          }
          json.writeEndArray();
        });
  }

  /** Writes an array of texts, as a field of the object that is open. */
  public static void texts(JsonGenerator json, String field, Iterable<String> texts)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static void object(JsonGenerator json, Fields fields) throws IOException {
    json.writeStartObject();
    fields.writeTo(json);
    json.writeEndObject();
  }

  private static void write(PrintWriter out, Fields value) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      value.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    out.println(line);
  }
}
