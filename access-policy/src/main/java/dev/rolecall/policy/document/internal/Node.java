package dev.rolecall.policy.document.internal;

import dev.rolecall.policy.Place;
import dev.rolecall.policy.internal.Printable;
import java.util.List;

/** A piece of a text's structure, without its meaning. */
public sealed interface Node {

  /** The place where it begins. */
  Place at();

  /** The kind of node, as a message says it. */
  String kind();

  /** The node as a complaint quotes it: a scalar with its value, anything else by its kind. */
  default String quoted() {
    return kind();
  }

  /** A scalar; {@code kind} says whether YAML takes it for a string or for something else. */
  record Scalar(String value, String kind, Place at) implements Node {

    static final String NUMBER = "a number";
    static final String NOTHING = "nothing";
    static final String STRING = "a string";

    @Override
    public String quoted() {
      return value.isEmpty() ? kind : Printable.quoted(value) + " is " + kind;
    }

    boolean isNumber() {
      return kind.equals(NUMBER);
    }

    boolean isNothing() {
      return kind.equals(NOTHING);
    }

    boolean isString() {
      return kind.equals(STRING);
    }
  }

  /** A list. */
  record Items(List<Node> items, Place at) implements Node {
    @Override
    public String kind() {
      return items.isEmpty() ? "an empty list" : "a list";
    }
  }

  /** A mapping, keys in the order they are written, repeated ones too. */
  record Fields(List<Field> fields, Place at) implements Node {
    @Override
    public String kind() {
      return fields.isEmpty() ? "an empty mapping" : "a mapping";
    }
  }

  /** One entry of a mapping. */
  record Field(Scalar key, Node value) {}

  /** A part whose problem has been reported: nothing more is said about it. */
  record Unusable(Place at) implements Node {
    @Override
    public String kind() {
      return "unusable";
    }
  }
}
