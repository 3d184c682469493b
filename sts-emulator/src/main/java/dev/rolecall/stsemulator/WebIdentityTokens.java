package dev.rolecall.stsemulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.stsemulator.WebIdentityRequest.SubjectMode;
import dev.rolecall.stsemulator.internal.answer.AnswerField;
import dev.rolecall.stsemulator.internal.answer.AnswerField.Group;
import dev.rolecall.stsemulator.internal.answer.StsRefusal;
import dev.rolecall.stsemulator.internal.token.JsonObject;
import dev.rolecall.stsemulator.protocol.StsErrorCode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The action GetWebIdentityToken.
 *
 * <p>Unlike STS, which needs the permissions {@code sts:GetWebIdentityToken}, {@code
 * sts:TagGetWebIdentityToken} and {@code sts:SetWebIdentityTokenScope}, every known principal may
 * ask, with tags and a scope. STS does not serve the action at its global endpoint; the emulator
 * takes any Host. AWS documents neither the largest payload nor the order of the checks: here it is
 * 4,096 bytes, and the order parameters, account, session's end, size. Of credentials without an
 * end no {@code original_session_exp} is stated, since STS knows no such role session.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html">
 *     GetWebIdentityToken</a>
 */
final class WebIdentityTokens {

  /** The claim that holds all of AWS's own. */
  static final String NAMESPACE = "https://sts.amazonaws.com/";

  private static final int LARGEST_PAYLOAD = 4_096;

  private final OutboundFederation federation;
  private final Supplier<String> tokenIds;

  WebIdentityTokens(OutboundFederation federation, Supplier<String> tokenIds) {
    this.federation = federation;
    this.tokenIds = tokenIds;
  }

  Group getWebIdentityToken(Parameters parameters, Signer signer, Instant now) throws StsRefusal {
    WebIdentityRequest request = WebIdentityRequest.of(parameters);
    CallerIdentity caller = signer.credentials().identity();
    String subject = subjectOf(caller, request.mode());
    AccountIssuer issuer =
        federation.enabledIn(caller.account()).orElseThrow(WebIdentityTokens::disabled);
    Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
    Instant end = issuedAt.plusSeconds(request.seconds());
    if (signer.credentials().expiresAt().filter(end::isAfter).isPresent()) {
      throw new StsRefusal(
          StsErrorCode.SESSION_DURATION_ESCALATION,
          "The requested token duration would extend the session beyond its original expiration"
              + " time.");
    }
    JsonObject claims = new JsonObject().text("iss", issuer.url().toString()).text("sub", subject);
    addAudience(claims, request);
    claims
        .number("iat", issuedAt.getEpochSecond())
        .number("exp", end.getEpochSecond())
        .text("jti", tokenIds.get());
    request.scope().ifPresent(scope -> claims.text("scope", scope));
    claims.object(NAMESPACE, ofAws(signer, request));
    if (claims.toString().getBytes(UTF_8).length > LARGEST_PAYLOAD) {
      throw new StsRefusal(
          StsErrorCode.JWT_PAYLOAD_SIZE_EXCEEDED,
          "The requested token payload size exceeds the maximum allowed size.");
    }
    return AnswerField.group(
        "GetWebIdentityTokenResult",
        AnswerField.text("WebIdentityToken", issuer.keys().sign(request.algorithm(), claims)),
        AnswerField.time("Expiration", end));
  }

  private static StsRefusal disabled() {
    return new StsRefusal(
        StsErrorCode.OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED,
        "The outbound web identity federation feature is not enabled for this account.");
  }

  /** One audience is a string and several are a list, as tokens of AWS were seen to have it. */
  private static void addAudience(JsonObject claims, WebIdentityRequest request) {
    if (request.audience().size() == 1) {
      claims.text("aud", request.audience().get(0));
    } else {
      claims.texts("aud", request.audience());
    }
  }

  /** A role's ARN keeps its path, and does not name the session. */
  private static String subjectOf(CallerIdentity caller, SubjectMode mode) throws StsRefusal {
    if (mode == SubjectMode.AWSIdentity) {
      return caller.principal().text();
    }
    OriginIdentity origin =
        caller
            .context()
            .origin()
            .filter(each -> !each.subject().isBlank())
            .filter(each -> each.issuer().isPresent() || each.federatedProviderArn().isPresent())
            .orElseThrow(
                () ->
                    StsRefusal.invalid(
                        "The session has no origin identity with a subject and an issuer"));
    if (isDenied(origin.subject())) {
      throw StsRefusal.denied("The subject of the origin identity is not allowed");
    }
    return origin.subject();
  }

  /** A subject that could pass for an ARN, or looks other than it is. */
  private static boolean isDenied(String subject) {
    return subject.toLowerCase(Locale.ROOT).startsWith("arn:")
        || !subject.equals(subject.strip())
        || subject.codePoints().anyMatch(WebIdentityTokens::isUnseen);
  }

  private static boolean isUnseen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.SPACE_SEPARATOR -> character != ' ';
      default -> false;
    };
  }

  /**
   * AWS's own claims. It is not documented whether {@code subject_mode} stands among them or beside
   * {@code sub}; {@code ou_path} is a list in tokens that were seen, and a string in AWS's example.
   */
  private static JsonObject ofAws(Signer signer, WebIdentityRequest request) {
    CallerIdentity caller = signer.credentials().identity();
    SessionContext context = caller.context();
    JsonObject claims =
        new JsonObject()
            .text("aws_account", caller.account())
            .text("source_region", signer.region())
            .text("principal_id", caller.principal().text());
    context.organizationId().ifPresent(id -> claims.text("org_id", id));
    if (!context.organizationPaths().isEmpty()) {
      claims.texts("ou_path", context.organizationPaths());
    }
    if (caller.principal().isRole()) {
      signer
          .credentials()
          .expiresAt()
          .ifPresent(
              end ->
                  claims.text(
                      "original_session_exp", end.truncatedTo(ChronoUnit.SECONDS).toString()));
    }
    context.claims().forEach(claims::text);
    if (request.mode() == SubjectMode.OriginIdentity) {
      claims.text("subject_mode", request.mode().name());
    }
    return claims
        .textsUnlessEmpty("principal_tags", context.principalTags())
        .textsUnlessEmpty("request_tags", request.tags());
  }
}
