package dev.rolecall.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An HTTP response as an input of {@link FuzzTarget#STS_ANSWER} spells it: {@code 200
 * application/json|another type}, a line feed, the body.
 */
final class SpelledResponse {

  private final int status;
  private final List<String> types;
  private final byte[] body;

  private SpelledResponse(int status, List<String> types, byte[] body) {
    this.status = status;
    this.types = List.copyOf(types);
    this.body = body;
  }

  static SpelledResponse of(byte[] input) {
    String all = new String(input, ISO_8859_1);
    int lineEnd = all.indexOf('\n');
    String line = all.substring(0, Math.max(lineEnd, 0));
    int space = line.indexOf(' ');
    String types = line.substring(space + 1);
    return new SpelledResponse(
        status(line.substring(0, Math.max(space, 0))),
        types.isEmpty() ? List.of() : List.of(types.split("\\|", -1)),
        Arrays.copyOfRange(input, lineEnd + 1, input.length));
  }

  private static int status(String text) {
    return text.matches("[1-9][0-9]{2}") ? Integer.parseInt(text) : 200;
  }

  int status() {
    return status;
  }

  List<String> types() {
    return types;
  }

  byte[] body() {
    return body;
  }

  boolean isJson() {
    return types.size() == 1
        && types.get(0).toLowerCase(Locale.ROOT).startsWith("application/json");
  }
}
