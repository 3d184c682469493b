package dev.rolecall.tests.deploy;

import dev.rolecall.tests.checkout.Checkout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A row of {@code iam-policies/CASES.md}.
 *
 * @param policy the file of the policy, from {@code iam-policies}
 * @param request what is asked
 * @param answer what the policy says to it
 * @param since why
 */
record PolicyCase(String policy, IamRequest request, Answer answer, String since) {

  private static final Pattern ISSUER = Pattern.compile("`\\{oidc}` stands for `([^`]+)`");
  private static final Pattern CONTEXT = Pattern.compile("([^=, ]+)=([^, ]+)(?:, |$)");

  /** All rows. */
  static List<PolicyCase> all() {
    String text = Checkout.text("iam-policies/CASES.md");
    String issuer =
        ISSUER.matcher(text).results().map(match -> match.group(1)).findFirst().orElseThrow();
    return text.lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.replace("{oidc}", issuer).replace("`", ""))
        .map(PolicyCase::parse)
        .toList();
  }

  private static PolicyCase parse(String line) {
    List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    if (cells.size() != 9) {
      throw new IllegalArgumentException(line + " (expected: seven cells)");
    }
    return new PolicyCase(
        cells.get(1),
        new IamRequest(
            Asker.parse(cells.get(2)), cells.get(3), cells.get(4), context(cells.get(5))),
        Answer.parse(cells.get(6)),
        cells.get(7));
  }

  private static Map<String, String> context(String cell) {
    Map<String, String> context = new LinkedHashMap<>();
    int read = 0;
    for (MatchResult each : CONTEXT.matcher(cell).results().toList()) {
      context.put(each.group(1), each.group(2));
      read += each.group().length();
    }
    if (read != cell.length()) {
      throw new IllegalArgumentException(cell + " (expected: KEY=VALUE, KEY=VALUE ...)");
    }
    return context;
  }

  @Override
  public String toString() {
    return policy + ": " + request.action() + ", " + since + ": " + answer;
  }
}
