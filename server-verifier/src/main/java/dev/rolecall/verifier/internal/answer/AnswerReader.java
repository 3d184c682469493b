package dev.rolecall.verifier.internal.answer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a response: 200 with exactly one GetCallerIdentityResult, an error of STS ({@link
 * ErrorReader}), or not an answer at all. Never lenient with a result: the break of 2020
 * (CVE-2020-16250) came from a reader that found the result it sought inside another action's
 * answer.
 */
public final class AnswerReader {

  private static final int OK = 200;
  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int CLIENT_ERRORS = 400;
  private static final int SERVER_ERRORS = 500;

  private static final Pattern JSON = Pattern.compile("application/json(; ?charset=\"?utf-8\"?)?");
  private static final Pattern REQUEST_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4,12}){4}");

  private static final String RESPONSE = "GetCallerIdentityResponse";
  private static final String RESULT = "GetCallerIdentityResult";
  private static final String METADATA = "ResponseMetadata";
  private static final String REQUEST = "RequestId";
  private static final Set<String> RESULT_KEYS = Set.of("Account", "Arn", "UserId");

  private AnswerReader() {}

  /** The answer that the response is. */
  public static StsAnswer read(StsResponse response) {
    int status = response.status();
    if (status == OK) {
      return document(response)
          .flatMap(AnswerReader::identity)
          .<StsAnswer>map(StsAnswer.Confirmed::new)
          .orElseGet(StsAnswer.Invalid::new);
    }
    if (status >= SERVER_ERRORS || status == REQUEST_TIMEOUT) {
      // Whatever it says, it is no word about the proof.
      return StsAnswer.of(
          errorCode(response)
              .filter(code -> code.meaning() == StsCode.Meaning.DOWN)
              .orElse(StsCode.SERVER_ERROR));
    }
    if (status == PROXY_AUTHENTICATION_REQUIRED) {
      return StsAnswer.of(StsCode.PROXY_AUTHENTICATION);
    }
    if (status == TOO_MANY_REQUESTS) {
      return StsAnswer.of(
          errorCode(response)
              .filter(StsCode::isBusy)
              .orElseGet(() -> StsCode.ofError("Throttling")));
    }
    if (status >= CLIENT_ERRORS) {
      return errorCode(response).map(StsAnswer::of).orElseGet(StsAnswer.Invalid::new);
    }
    return new StsAnswer.Invalid();
  }

  /** The id AWS support asks for, where the response has one of the usual form. */
  public static Optional<String> requestId(StsResponse response) {
    return document(response)
        .flatMap(
            root ->
                root.child(RESPONSE)
                    .flatMap(inner -> inner.child(METADATA))
                    .orElse(root)
                    .string(REQUEST))
        .filter(id -> REQUEST_ID.matcher(id).matches());
  }

  private static Optional<AnswerJson> document(StsResponse response) {
    return isJson(response.contentTypes()) ? AnswerJson.read(response.body()) : Optional.empty();
  }

  private static boolean isJson(List<String> contentTypes) {
    return contentTypes.size() == 1
        && JSON.matcher(contentTypes.get(0).toLowerCase(Locale.ROOT)).matches();
  }

  private static Optional<StsIdentity> identity(AnswerJson root) {
    if (!root.members().keySet().equals(Set.of(RESPONSE))) {
      return Optional.empty();
    }
    return root.child(RESPONSE)
        .filter(AnswerReader::hasNothingElse)
        .flatMap(response -> response.child(RESULT))
        .filter(result -> result.members().keySet().equals(RESULT_KEYS))
        .flatMap(
            result ->
                result
                    .string("Account")
                    .flatMap(
                        account ->
                            result
                                .string("Arn")
                                .flatMap(
                                    arn ->
                                        result
                                            .string("UserId")
                                            .map(id -> new StsIdentity(account, arn, id)))));
  }

  /** Besides the result: metadata or nothing, and in the metadata a request id or nothing. */
  private static boolean hasNothingElse(AnswerJson response) {
    if (!Set.of(RESULT, METADATA).containsAll(response.members().keySet())) {
      return false;
    }
    return !response.members().containsKey(METADATA)
        || response
            .child(METADATA)
            .filter(metadata -> Set.of(REQUEST).containsAll(metadata.members().keySet()))
            .isPresent();
  }

  private static Optional<StsCode> errorCode(StsResponse response) {
    return ErrorReader.code(response).map(StsCode::ofError);
  }
}
