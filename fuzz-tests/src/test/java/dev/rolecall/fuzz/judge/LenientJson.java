package dev.rolecall.fuzz.judge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Finds every value in a JSON text and where it is, twice what is there twice. It takes what a
 * strict reader would not: so that what a strict reader accepts can be seen to be all there is.
 */
public final class LenientJson {

  private static final Map<Character, Character> ESCAPES =
      Map.of('b', '\b', 'f', '\f', 'n', '\n', 'r', '\r', 't', '\t');

  /**
   * A value that is no object.
   *
   * @param path the keys that lead to it
   * @param value the string, or the text of any other scalar
   */
  public record Leaf(List<String> path, String value) {
    /** Copies. */
    public Leaf {
      path = List.copyOf(path);
    }
  }

  private final String text;
  private final List<Leaf> leaves = new ArrayList<>();
  private int at;

  private LenientJson(String text) {
    this.text = text;
  }

  /** Every leaf, in the order of the text; as far as it can be read at all. */
  public static List<Leaf> leaves(String text) {
    LenientJson reader = new LenientJson(text);
    reader.readAll();
    return List.copyOf(reader.leaves);
  }

  /** The values that path leads to. */
  public static List<String> at(List<Leaf> leaves, String... path) {
    return leaves.stream()
        .filter(leaf -> leaf.path().equals(List.of(path)))
        .map(Leaf::value)
        .toList();
  }

  private void readAll() {
    Deque<String> path = new ArrayDeque<>();
    String key = "";
    boolean afterColon = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '{' || c == '[') {
        path.addLast(key);
        afterColon = false;
        at++;
      } else if (c == '}' || c == ']') {
        path.pollLast();
        afterColon = false;
        at++;
      } else if (c == ':' || c == ',') {
        afterColon = c == ':';
        at++;
      } else if (c <= ' ') {
        at++;
      } else {
        String value = c == '"' ? string() : scalar();
        if (afterColon) {
          leaves.add(new Leaf(below(path, key), value));
        }
        key = value;
      }
    }
  }

  /** The first element stands for the root, which has no key. */
  private static List<String> below(Deque<String> path, String key) {
    List<String> all = new ArrayList<>(path);
    all.add(key);
    return all.subList(Math.min(1, all.size()), all.size());
  }

  private String string() {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      char c = text.charAt(at);
      if (c != '\\' || at + 1 == text.length()) {
        value.append(c);
        continue;
      }
      char escaped = text.charAt(++at);
      if (escaped == 'u' && at + 5 <= text.length()) {
        value.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
        at += 4;
      } else {
        value.append(ESCAPES.getOrDefault(escaped, escaped));
      }
    }
    at++;
    return value.toString();
  }

  private String scalar() {
    int start = at;
    while (at < text.length() && "{}[]:,\" \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }
}
