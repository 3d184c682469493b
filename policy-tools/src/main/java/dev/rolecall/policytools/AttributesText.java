package dev.rolecall.policytools;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.policy.claim.ClaimTest;
import dev.rolecall.policy.document.internal.ClaimValueReader;
import dev.rolecall.policy.document.internal.DocumentText;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.policy.internal.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words for a caller's attributes, and the reading of a claim that a person types. */
public final class AttributesText {

  private static final Pattern JSON = Pattern.compile("(?s)\\s*[\\[{\"].*");
  private static final Pattern SCALAR =
      Pattern.compile("true|false|null|-?[0-9][0-9]*([.eE][0-9eE+-]*)?");

  private AttributesText() {}

  /** The attributes, such as {@code client shop, claim env: "prod"}; empty if there are none. */
  public static String of(Attributes attributes) {
    return Stream.of(
            attributes.client().map(client -> "client " + Printable.plain(client)).stream(),
            new TreeSet<>(attributes.scopes()).stream().map(scope -> "scope " + scope),
            new TreeMap<>(attributes.claims())
                .entrySet().stream()
                    .map(
                        claim ->
                            "claim " + claim.getKey() + ": " + ClaimTest.inWords(claim.getValue())),
            new TreeMap<>(attributes.tags())
                .entrySet().stream()
                    .map(tag -> "tag " + tag.getKey() + ": " + Printable.quoted(tag.getValue())),
            attributes.actors().stream().map(actor -> "actor " + actor.text()))
        .flatMap(words -> words)
        .collect(Collectors.joining(", "));
  }

  /**
   * The value of a claim: JSON where the text begins as a list, an object or a string in quotes, or
   * is a number, true, false or null; else the text itself.
   *
   * @throws IllegalArgumentException if it begins as JSON and is not
   */
  public static ClaimValue claimValue(String text) {
    if (text.equals("null")) {
      return ClaimValue.Other.INSTANCE;
    }
    if (!JSON.matcher(text).matches() && !SCALAR.matcher(text).matches()) {
      return new ClaimValue.Text(text);
    }
    Remarks remarks = new Remarks();
    Optional<ClaimValue> value =
        DocumentText.structure("value", "claim", text.getBytes(StandardCharsets.UTF_8), remarks)
            .flatMap(node -> new ClaimValueReader(remarks).value("claim", node));
    if (remarks.anyProblem() || value.isEmpty()) {
      throw new IllegalArgumentException(
          "claim: "
              + Printable.quoted(text)
              + " (expected: JSON, whose numbers are whole; a text in quotes may be anything)");
    }
    return value.get();
  }
}
