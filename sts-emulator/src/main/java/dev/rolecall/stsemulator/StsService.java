package dev.rolecall.stsemulator;

import dev.rolecall.stsemulator.internal.answer.AnswerField;
import dev.rolecall.stsemulator.internal.answer.AnswerField.Group;
import dev.rolecall.stsemulator.internal.answer.AnswerFormat;
import dev.rolecall.stsemulator.internal.answer.StsRefusal;
import dev.rolecall.stsemulator.internal.answer.Verdict;
import dev.rolecall.stsemulator.internal.http.RequestJudge;
import dev.rolecall.stsemulator.internal.sigv4.RawRequest;
import dev.rolecall.stsemulator.protocol.StsAction;
import dev.rolecall.stsemulator.protocol.StsErrorCode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges a request as STS does: path, parameters, action, signature, then the action itself. Knows
 * neither HTTP nor faults.
 */
final class StsService implements RequestJudge {

  private static final String VERSION = "2011-06-15";
  private static final Set<String> METHODS = Set.of("GET", "POST");

  private final SignatureCheck signatures;
  private final RoleSessions roleSessions;
  private final Map<StsAction, ActionHandler> signedActions;

  StsService(
      SignatureCheck signatures,
      RoleSessions roleSessions,
      UserSessions userSessions,
      WebIdentityTokens webIdentityTokens) {
    this.signatures = signatures;
    this.roleSessions = roleSessions;
    this.signedActions =
        Map.of(
            StsAction.GET_CALLER_IDENTITY, ofCredentials(StsService::getCallerIdentity),
            StsAction.ASSUME_ROLE, ofCredentials(roleSessions::assumeRole),
            StsAction.GET_SESSION_TOKEN, ofCredentials(userSessions::getSessionToken),
            StsAction.GET_WEB_IDENTITY_TOKEN, webIdentityTokens::getWebIdentityToken);
  }

  /** An action for which the Region it is signed for makes no difference. */
  @FunctionalInterface
  private interface OfCredentials {
    Group result(Parameters parameters, EmulatedCredentials caller, Instant now) throws StsRefusal;
  }

  private static ActionHandler ofCredentials(OfCredentials action) {
    return (parameters, signer, now) -> action.result(parameters, signer.credentials(), now);
  }

  @Override
  public Verdict judge(RawRequest request, Instant now, String requestId) {
    AnswerFormat format = AnswerFormat.wantedBy(request);
    StsAction action = StsAction.UNKNOWN;
    try {
      checkTarget(request);
      Parameters parameters = Parameters.of(request);
      action = StsAction.ofWireName(parameters.find("Action").orElse(""));
      checkAction(action, parameters);
      Group result = result(action, parameters, request, now);
      return new Verdict(action, Optional.empty(), format.result(action, result, requestId));
    } catch (StsRefusal refusal) {
      return Verdict.refused(action, refusal, format, requestId);
    }
  }

  /** Unlike STS, which redirects some browsers' requests to a web page. */
  private static void checkTarget(RawRequest request) throws StsRefusal {
    if (!request.path().equals("/") || !METHODS.contains(request.method())) {
      throw new StsRefusal(
          StsErrorCode.UNKNOWN_OPERATION, "STS serves GET and POST on the path / alone.");
    }
  }

  private static void checkAction(StsAction action, Parameters parameters) throws StsRefusal {
    String name = parameters.find("Action").orElse("");
    if (name.isEmpty()) {
      throw new StsRefusal(StsErrorCode.MISSING_ACTION, "The request names no Action.");
    }
    String version = parameters.find("Version").orElse("NO_VERSION_SPECIFIED");
    if (action == StsAction.UNKNOWN || !version.equals(VERSION)) {
      throw StsRefusal.noSuchAction(name, version);
    }
  }

  private Group result(StsAction action, Parameters parameters, RawRequest request, Instant now)
      throws StsRefusal {
    ActionHandler handler = signedActions.get(action);
    return handler == null
        ? roleSessions.assumeRoleWithWebIdentity(parameters, now)
        : handler.result(parameters, signatures.signerOf(request, now), now);
  }

  private static Group getCallerIdentity(
      Parameters parameters, EmulatedCredentials caller, Instant now) {
    return AnswerField.group(
        "GetCallerIdentityResult",
        AnswerField.text("Arn", caller.callerArn()),
        AnswerField.text("UserId", caller.userId()),
        AnswerField.text("Account", caller.account()));
  }
}
