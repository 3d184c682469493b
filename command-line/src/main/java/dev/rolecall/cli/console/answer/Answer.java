package dev.rolecall.cli.console.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.function.Function;

/** An answer to a request of the page: whole, or in lines that come as things happen. */
public sealed interface Answer {

  /** Calls the function of the arm this is. */
  default <T> T fold(Function<Whole, T> whole, Function<Lines, T> lines) {
    if (this instanceof Whole arm) {
      return whole.apply(arm);
    }
    if (this instanceof Lines arm) {
      return lines.apply(arm);
    }
    throw new AssertionError("no arm of Answer");
  }

  /**
   * One JSON object.
   *
   * @param status the status of HTTP
   * @param json its text
   */
  record Whole(int status, String json) implements Answer {}

  /** JSON objects, one a line, until there are no more or the page goes away. */
  non-sealed interface Lines extends Answer {

    /**
     * Writes them. Blocks until the last one.
     *
     * @throws IOException if the page has gone away
     */
    void writeTo(LineSink sink) throws IOException;
  }

  /** Takes lines of an answer. */
  @FunctionalInterface
  interface LineSink {

    /**
     * Sends an object at once.
     *
     * @throws IOException if the page has gone away
     */
    void write(String json) throws IOException;
  }

  /** Writes the fields of an object. */
  @FunctionalInterface
  interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }

  /** An object of those fields. */
  static Answer of(Fields fields) {
    return new Whole(200, json(fields));
  }

  /** An object that is JSON already. */
  static Answer of(String json) {
    return new Whole(200, json);
  }

  /** A failure. */
  static Whole of(Failure failure) {
    return new Whole(failure.face().status(), json(failure::write));
  }

  /** The text of an object of those fields. */
  static String json(Fields fields) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      fields.writeTo(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }
}
