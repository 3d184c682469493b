package dev.rolecall.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers by name, in the order they were found. For one thread. */
public final class Figures {

  private final Map<String, Double> byName = new LinkedHashMap<>();

  /**
   * Adds a figure.
   *
   * @param name as in the JSON, such as {@code hook_ratio}; no other figure may have it
   * @param value a finite number
   */
  public void add(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: a finite number)");
    }
    if (byName.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException(name + ": measured twice");
    }
  }

  /** All of them. */
  public Map<String, Double> all() {
    return Collections.unmodifiableMap(byName);
  }

  /** One JSON object on one line, its numbers to four digits after the point. */
  public String toJson() {
    StringWriter json = new StringWriter();
    try (JsonGenerator object = new JsonFactory().createGenerator(json)) {
      object.writeStartObject();
      for (Map.Entry<String, Double> figure : byName.entrySet()) {
        object.writeNumberField(figure.getKey(), Math.round(figure.getValue() * 1e4) / 1e4);
      }
      object.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return json.toString();
  }
}
