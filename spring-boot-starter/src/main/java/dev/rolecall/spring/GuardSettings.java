package dev.rolecall.spring;

import dev.rolecall.verifier.audit.AuditLog;
import dev.rolecall.verifier.grpc.RoleGuard;
import dev.rolecall.verifier.grpc.RoleGuardBuilder;
import dev.rolecall.verifier.grpc.StreamLifetime;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The properties as options of a guard.
 *
 * @param properties the server's
 */
record GuardSettings(RolecallServerProperties properties) {

  RoleGuard guard(
      RoleGuardBuilder options,
      ObjectProvider<OpenTelemetry> telemetry,
      ObjectProvider<AuditLog> auditLog,
      ObjectProvider<GuardCustomizer> customizers) {
    Setting.ofServer("stream-grace")
        .to(
            properties.streamGrace(),
            grace -> options.streamLifetime(StreamLifetime.proofAnd(grace)));
    Setting.ofServer("auditing").to(properties.auditing(), options::auditing);
    telemetry.ifAvailable(options::openTelemetry);
    auditLog.ifAvailable(options::auditLog);
    customizers.orderedStream().forEach(customizer -> customizer.customize(options));
    return options.build();
  }
}
