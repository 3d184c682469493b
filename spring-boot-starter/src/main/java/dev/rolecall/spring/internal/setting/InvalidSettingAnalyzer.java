package dev.rolecall.spring.internal.setting;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Has Boot say which property stopped the application, and where it is set, in place of a page of
 * stack trace.
 */
final class InvalidSettingAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

  private final Environment environment;

  /** For Boot, which passes the application's environment. */
  InvalidSettingAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected FailureAnalysis analyze(Throwable root, InvalidSettingException cause) {
    return new FailureAnalysis(
        cause.getMessage() + place(cause.name()),
        "Correct that property of the application.",
        cause);
  }

  private String place(String name) {
    return environment instanceof ConfigurableEnvironment settings
        ? new SettingPlaces(settings).of(name).map(place -> "\n\nSet by: " + place).orElse("")
        : "";
  }
}
