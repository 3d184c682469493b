package dev.rolecall.proxy.config;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.Place;
import java.util.List;

/** A piece of a configuration's structure, without its meaning. */
public sealed interface ConfigNode {

  /** The place where it begins. */
  Place at();

  /** The node as a message quotes it: a scalar with its value, anything else by its kind. */
  String quoted();

  /**
   * A scalar.
   *
   * @param value its text; empty for none
   */
  record Scalar(String value, String quoted, Place at) implements ConfigNode {
    /** Checks that nothing is absent. */
    public Scalar {
      requireNonNull(value, "value");
      requireNonNull(quoted, "quoted");
      requireNonNull(at, "at");
    }
  }

  /**
   * A list.
   *
   * @param items its items, in order
   */
  record Items(List<ConfigNode> items, String quoted, Place at) implements ConfigNode {
    /** Copies. */
    public Items {
      items = List.copyOf(items);
      requireNonNull(quoted, "quoted");
      requireNonNull(at, "at");
    }
  }

  /**
   * A mapping.
   *
   * @param fields its fields as they are written: a key may be repeated
   */
  record Fields(List<Field> fields, String quoted, Place at) implements ConfigNode {
    /** Copies. */
    public Fields {
      fields = List.copyOf(fields);
      requireNonNull(quoted, "quoted");
      requireNonNull(at, "at");
    }

    /** The same with other fields. */
    public Fields with(List<Field> others) {
      return new Fields(others, quoted, at);
    }
  }

  /**
   * One field of a mapping.
   *
   * @param key its name
   * @param keyAt the place of the name
   */
  record Field(String key, Place keyAt, ConfigNode value) {
    /** Checks that nothing is absent. */
    public Field {
      requireNonNull(key, "key");
      requireNonNull(keyAt, "keyAt");
      requireNonNull(value, "value");
    }
  }

  /** A part whose problem has been reported: nothing more is said about it. */
  record Unusable(Place at) implements ConfigNode {
    /** Checks that nothing is absent. */
    public Unusable {
      requireNonNull(at, "at");
    }

    @Override
    public String quoted() {
      return "unusable";
    }
  }
}
