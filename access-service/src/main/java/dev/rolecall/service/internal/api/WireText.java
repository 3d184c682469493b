package dev.rolecall.service.internal.api;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.request.Scope;
import dev.rolecall.service.store.PageKey;
import java.util.List;
import java.util.Optional;

/** Texts of messages, each by its one rule. Messages of exceptions quote no text of a person. */
final class WireText {

  private static final int LONGEST_ID = 100;
  private static final int LONGEST_TOKEN = 1_000;
  private static final int USUAL_PAGE = 50;

  private WireText() {}

  /**
   * The text of a person, which may be left out; white space at either end is cut.
   *
   * @throws IllegalArgumentException if it breaks the rule of such texts
   */
  static Optional<FreeText> optional(String name, String text) {
    String plain = text.strip();
    if (plain.isEmpty()) {
      return Optional.empty();
    }
    if (!FreeText.isAllowed(plain)) {
      throw new IllegalArgumentException(
          name + ": " + plain.length() + " characters (expected: " + FreeText.RULE + ")");
    }
    return Optional.of(FreeText.of(plain));
  }

  /**
   * The text of a person, which must be there.
   *
   * @throws IllegalArgumentException if it is not, or breaks the rule of such texts
   */
  static Optional<FreeText> required(String name, String text) {
    Optional<FreeText> found = optional(name, text);
    if (found.isEmpty()) {
      throw InvalidValue.of(name, "nothing", "a sentence that says why");
    }
    return found;
  }

  /**
   * An id.
   *
   * @throws IllegalArgumentException if it cannot be one
   */
  static String id(String name, String text) {
    if (text.isEmpty() || text.length() > LONGEST_ID) {
      throw InvalidValue.of(name, text.isEmpty() ? "nothing" : text, "the id of one");
    }
    return text;
  }

  /** The text of a field that may be left out; an empty text is none. */
  static Optional<String> stated(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  static Optional<PermissionName> permission(String text) {
    return stated(text).map(PermissionName::of);
  }

  /**
   * Resources.
   *
   * @throws IllegalArgumentException if there are too many for a scope, or one breaks its rule
   */
  static List<ResourceName> resources(List<String> texts) {
    if (texts.size() > Scope.MOST_RESOURCES) {
      throw InvalidValue.of(
          "resources", texts.size() + " of them", "at most " + Scope.MOST_RESOURCES);
    }
    return texts.stream().map(ResourceName::of).toList();
  }

  /**
   * The page that is asked for. A size of 0 is {@value #USUAL_PAGE}, and one above the largest is
   * the largest.
   *
   * @throws IllegalArgumentException if the size is negative, or the token too long to be one
   * @see <a href="https://google.aip.dev/158">AIP-158, pagination</a>
   */
  static PageKey page(int size, String token) {
    if (size < 0) {
      throw InvalidValue.of("page_size", Integer.toString(size), "0 to " + PageKey.MOST);
    }
    if (token.length() > LONGEST_TOKEN) {
      throw InvalidValue.of("page_token", token, "next_page_token of the page before");
    }
    return new PageKey(size == 0 ? USUAL_PAGE : Math.min(size, PageKey.MOST), stated(token));
  }
}
