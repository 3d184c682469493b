package dev.rolecall.jwt.json;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/** The outcome of reading a JSON object: read, or malformed by a named rule. */
public sealed interface JsonReading {

  /**
   * Reads the one JSON object (RFC 8259) that the bytes are, strictly: length, UTF-8 without a byte
   * order mark, then JSON with each name once per object, then nothing more.
   */
  static JsonReading of(byte[] utf8, JsonLimits limits) {
    requireNonNull(utf8, "utf8");
    requireNonNull(limits, "limits");
    return JsonReader.read(utf8, limits);
  }

  /** Calls the function of the arm this is. */
  default <T> T fold(Function<JsonValue.Members, T> read, Function<JsonFlaw, T> malformed) {
    if (this instanceof Read good) {
      return read.apply(good.members());
    }
    if (this instanceof Malformed bad) {
      return malformed.apply(bad.flaw());
    }
    throw new AssertionError(this);
  }

  /**
   * An object.
   *
   * @param members its members
   */
  record Read(JsonValue.Members members) implements JsonReading {
    /** Checks that nothing is absent. */
    public Read {
      requireNonNull(members, "members");
    }
  }

  /**
   * Not an object that this package reads.
   *
   * @param flaw the first rule that it breaks
   */
  record Malformed(JsonFlaw flaw) implements JsonReading {
    /** Checks that nothing is absent. */
    public Malformed {
      requireNonNull(flaw, "flaw");
    }
  }
}
