package dev.rolecall.stsemulator.internal.answer;

import static java.util.stream.Collectors.joining;

import dev.rolecall.stsemulator.internal.answer.AnswerField.Group;
import java.time.temporal.ChronoUnit;

/** Writes an answer as XML, the query protocol's own format. */
final class XmlAnswer {

  private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

  private XmlAnswer() {}

  static String write(Group root) {
    return "<%s xmlns=\"%s\">%s</%s>\n"
        .formatted(root.name(), NAMESPACE, children(root), root.name());
  }

  private static String children(Group group) {
    return group.fields().stream()
        .map(field -> "<" + field.name() + ">" + content(field) + "</" + field.name() + ">")
        .collect(joining());
  }

  private static String content(AnswerField field) {
    return field.fold(
        text -> escape(text.value()),
        time -> time.value().truncatedTo(ChronoUnit.SECONDS).toString(),
        XmlAnswer::children);
  }

  /** Messages echo what a client sent, which may hold what XML 1.0 cannot: that becomes U+FFFD. */
  private static String escape(String value) {
    StringBuilder escaped = new StringBuilder(value.length() + 16);
    value
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\r' -> escaped.append("&#xD;");
                default -> escaped.appendCodePoint(isAllowed(c) ? c : 0xfffd);
              }
            });
    return escaped.toString();
  }

  /** The production {@code Char} of XML 1.0, section 2.2. */
  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c <= 0xd7ff)
        || (c >= 0xe000 && c <= 0xfffd)
        || c >= 0x10000;
  }
}
