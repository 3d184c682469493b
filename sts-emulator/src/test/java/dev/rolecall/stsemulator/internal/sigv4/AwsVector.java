package dev.rolecall.stsemulator.internal.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One case of AWS's own signing test suite, in one form.
 *
 * @see <a
 *     href="https://github.com/awslabs/aws-c-auth/tree/main/tests/aws-signing-test-suite/v4">aws-c-auth,
 *     aws-signing-test-suite/v4</a>
 */
record AwsVector(Path folder, String form) {

  /** Every case in the folder, in that form. */
  static List<AwsVector> in(Path vectors, String form) {
    try (Stream<Path> folders = Files.list(vectors)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("context.json")))
          .sorted()
          .map(folder -> new AwsVector(folder, form))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  String canonicalRequest() {
    return read(form + "-canonical-request.txt");
  }

  String stringToSign() {
    return read(form + "-string-to-sign.txt");
  }

  String signature() {
    return read(form + "-signature.txt");
  }

  String secretAccessKey() {
    return context("\"secret_access_key\": \"([^\"]+)\"");
  }

  SigningRules rules() {
    boolean omitsToken = read("context.json").contains("\"omit_session_token\": true");
    return new SigningRules(context("\"normalize\": (true|false)").equals("true"), !omitsToken);
  }

  /** The signed request: a request line, header lines (some folded), an empty line, the body. */
  RawRequest signedRequest() {
    String text = read(form + "-signed-request.txt");
    int endOfHeaders = text.indexOf("\n\n");
    List<String> lines = List.of(text.substring(0, endOfHeaders).split("\n", -1));
    String requestLine = lines.get(0);
    int afterMethod = requestLine.indexOf(' ');
    String target = requestLine.substring(afterMethod + 1, requestLine.lastIndexOf(' '));
    int question = target.indexOf('?');
    return new RawRequest(
        requestLine.substring(0, afterMethod),
        question < 0 ? target : target.substring(0, question),
        question < 0 ? "" : target.substring(question + 1),
        headers(lines.subList(1, lines.size())),
        body(text.substring(endOfHeaders + 2)));
  }

  private static List<NamedValue> headers(List<String> lines) {
    List<NamedValue> headers = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith(" ")) {
        NamedValue folded = headers.remove(headers.size() - 1);
        headers.add(new NamedValue(folded.name(), folded.value() + "\n" + line));
      } else {
        int colon = line.indexOf(':');
        headers.add(new NamedValue(line.substring(0, colon), line.substring(colon + 1)));
      }
    }
    return headers;
  }

  /** A request without a body ends in one more line end. */
  private static byte[] body(String text) {
    return text.equals("\n") ? new byte[0] : text.getBytes(UTF_8);
  }

  private String context(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(read("context.json"));
    if (!matcher.find()) {
      throw new IllegalStateException(folder + ": context.json has no " + pattern);
    }
    return matcher.group(1);
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public String toString() {
    return folder.getFileName() + ", " + form;
  }
}
