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

  /** Prints an array of objects, each of those fields. */
  public static void printAll(PrintWriter out, List<Fields> objects) {
    write(
        out,
        json -> {
          json.writeStartArray();
          for (Fields each : objects) {
            object(json, each);
          }
          json.writeEndArray();
        });
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
