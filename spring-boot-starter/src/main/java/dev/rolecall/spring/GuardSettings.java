package dev.rolecall.spring;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.StreamLifetime;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CallGuardBuilder;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.spring.RolecallServerProperties.Migration;
import dev.rolecall.spring.callers.AcceptedCallers;
import dev.rolecall.spring.grants.FollowedGrants;
import dev.rolecall.spring.internal.setting.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The properties as options of a guard.
 *
 * @param properties the server's
 * @param migration what is admitted meanwhile
 * @param callers the callers that properties name, made when a guard is
 * @param grants the grants that it follows, if any
 */
record GuardSettings(
    RolecallServerProperties properties,
    Migration migration,
    ObjectProvider<AcceptedCallers> callers,
    FollowedGrants grants) {

  private static final Setting AUDIT_FILE = Setting.ofServer("audit.file");

  CallGuard guard(
      PolicySource policies,
      ObjectProvider<Scheme> schemes,
      ObjectProvider<AccessRuntime> runtime,
      ObjectProvider<AuditLog> auditLog,
      ObjectProvider<GuardCustomizer> customizers) {
    // The source is a bean, which others may use: it is closed as such.
    CallGuardBuilder options = CallGuard.builder(policies.shared());
    List<Scheme> all =
        Stream.concat(schemes.orderedStream(), callers.getObject().schemes()).toList();
    all.forEach(options::accept);
    if (callers.getObject().isCallFirst(all)) {
      options.credentialOfCallBeforeClientCertificate();
    }
    runtime.ifAvailable(options::runtime);
    grants.followedUnder(policies.current()).ifPresent(options::grants);
    Setting.ofServer("stream-grace")
        .to(
            properties.streamGrace(),
            grace -> options.streamLifetime(StreamLifetime.proofAnd(grace)));
    options.audit(audit(auditLog));
    loosen(options);
    customizers.orderedStream().forEach(customizer -> customizer.customize(options));
    return new Setting("rolecall.server").checked(options::build);
  }

  private void loosen(CallGuardBuilder options) {
    Setting all = Setting.ofServer("admit-and-record-instead-of-refusing");
    all.on(
        migration.admitAndRecordInsteadOfRefusing(),
        () -> options.admitAndRecordInsteadOfRefusing());
    new Setting(all.name() + "-methods")
        .to(
            migration.admitAndRecordInsteadOfRefusingMethods(),
            methods -> options.admitAndRecordInsteadOfRefusing(methods.toArray(String[]::new)));
  }

  private AuditRules audit(ObjectProvider<AuditLog> auditLog) {
    AuditRules rules = AuditRules.ofDefaults();
    AuditLog log = auditLog.getIfAvailable();
    String file = properties.audit().file();
    if (log != null && file != null) {
      throw AUDIT_FILE.invalid(
          "set, but not read: an AuditLog bean takes the place of the file", "not set");
    }
    if (log != null) {
      rules = rules.to(log);
    } else if (file != null) {
      rules = rules.to(AUDIT_FILE.checked(() -> AuditLog.toFile(Path.of(file))));
    }
    AuditCondition condition = properties.audit().condition();
    return condition == null ? rules : rules.on(condition);
  }
}
