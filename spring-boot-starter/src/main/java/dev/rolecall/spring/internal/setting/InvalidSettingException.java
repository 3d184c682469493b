package dev.rolecall.spring.internal.setting;

import java.util.Optional;

/** A property that is missing or breaks a rule. The message names it, its value and the rule. */
public final class InvalidSettingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String name;

  InvalidSettingException(String name, String problem) {
    super(name + ": " + problem);
    this.name = name;
  }

  InvalidSettingException(String name, RuntimeException cause) {
    super(name + ": " + Optional.ofNullable(cause.getMessage()).orElse(cause.toString()), cause);
    this.name = name;
  }

  /** The property, as it is written in a configuration file. */
  String name() {
    return name;
  }
}
