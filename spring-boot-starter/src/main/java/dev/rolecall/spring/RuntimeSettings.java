package dev.rolecall.spring;

import dev.rolecall.access.runtime.AccessRuntime;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The beans that decide about a runtime.
 *
 * @param telemetry gets the metrics
 * @param customizers set further options
 */
record RuntimeSettings(
    ObjectProvider<OpenTelemetry> telemetry, ObjectProvider<RuntimeCustomizer> customizers) {

  /** Another runtime, for its owner to close. */
  AccessRuntime newRuntime() {
    AccessRuntime.Builder options = AccessRuntime.builder();
    telemetry.ifAvailable(options::openTelemetry);
    customizers.orderedStream().forEach(each -> each.customize(options));
    return options.build();
  }
}
