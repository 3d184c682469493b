package dev.rolecall.cli.proof;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The text of a proof as a user gives it: as {@code token} or {@code token --json} prints it, as
 * {@code jq .proof} prints it, or as a header holds it.
 */
final class PresentedProof {

  private static final int MAX_INPUT = 16_384;
  private static final JsonFactory JSON = new JsonFactory();

  private PresentedProof() {}

  /**
   * The proof, good or not: other text is left as it is, for the verifier to refuse.
   *
   * @param given the argument; {@code -} for standard input, of which at most 16 KiB are read
   * @throws CommandFailure if there is nothing, or JSON that holds no proof
   */
  static String of(String given) {
    boolean isTyped = given.equals("-");
    String text = (isTyped ? standardInput() : given).replaceFirst("^\ufeff", "").strip();
    String proof =
        withoutScheme(text.startsWith("{") || text.startsWith("\"") ? ofJson(text) : text);
    if (proof.isEmpty()) {
      throw new CommandFailure(
          (isTyped ? "standard input" : "TOKEN")
              + ": empty (expected: a proof, as 'rolecall token' prints it)");
    }
    return proof;
  }

  private static String standardInput() {
    try {
      return new String(System.in.readNBytes(MAX_INPUT), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CommandFailure("standard input cannot be read: " + IoWords.why(e), e);
    }
  }

  private static String withoutScheme(String text) {
    return text.replaceFirst("^(?i:authorization: *)?(?i:bearer)( +|$)", "").strip();
  }

  private static String ofJson(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        return parser.getText();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isProof = parser.currentName().equals("proof");
        if (parser.nextToken() == JsonToken.VALUE_STRING && isProof) {
          return parser.getText();
        }
        parser.skipChildren();
      }
    } catch (IOException e) {
      throw withoutProof();
    }
    throw withoutProof();
  }

  /** Without the parser's own words, which may quote a proof. */
  private static CommandFailure withoutProof() {
    return new CommandFailure(
        "JSON without a \"proof\" (expected: a proof, or what 'rolecall token --json' prints)");
  }
}
