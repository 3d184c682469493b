package dev.rolecall.spring;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.StreamLifetime;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CallGuardBuilder;
import dev.rolecall.spring.internal.setting.Setting;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The properties as options of a guard.
 *
 * @param properties the server's
 */
record GuardSettings(RolecallServerProperties properties) {

  CallGuard guard(
      CallGuardBuilder options,
      ObjectProvider<Scheme> schemes,
      ObjectProvider<AccessRuntime> runtime,
      ObjectProvider<AuditLog> auditLog,
      ObjectProvider<GuardCustomizer> customizers) {
    schemes.orderedStream().forEach(options::accept);
    runtime.ifAvailable(options::runtime);
    Setting.ofServer("stream-grace")
        .to(
            properties.streamGrace(),
            grace -> options.streamLifetime(StreamLifetime.proofAnd(grace)));
    options.audit(audit(auditLog));
    customizers.orderedStream().forEach(customizer -> customizer.customize(options));
    return new Setting("rolecall.server").checked(options::build);
  }

  private AuditRules audit(ObjectProvider<AuditLog> auditLog) {
    AuditRules rules = AuditRules.ofDefaults();
    AuditLog log = auditLog.getIfAvailable();
    if (log != null) {
      rules = rules.to(log);
    }
    AuditCondition condition = properties.audit().condition();
    return condition == null ? rules : rules.on(condition);
  }
}
