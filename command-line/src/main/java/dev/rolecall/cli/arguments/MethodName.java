package dev.rolecall.cli.arguments;

import dev.rolecall.policy.MethodPath;

/**
 * The name of a method as users write it: with a slash before it, as policies do, or without, as
 * gRPC does.
 */
public final class MethodName {

  private MethodName() {}

  /**
   * Reads either spelling.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static MethodPath parse(String text) {
    // What is no method is told of as it was written.
    return text.startsWith("/") || !text.matches("[^/ ]+/[^/ ]+")
        ? MethodPath.parse(text)
        : MethodPath.ofFullMethodName(text);
  }

  /** The name as gRPC has it, without the slash before it. */
  public static String full(MethodPath method) {
    return method.value().substring(1);
  }
}
