package dev.rolecall.client.credentials;

/**
 * A place of the AWS SDK's default chain, in the chain's order.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/credentials-chain.html">
 *     Default credentials provider chain</a>
 */
public enum CredentialsPlace {
  /** {@code aws.accessKeyId} and {@code aws.secretAccessKey}. */
  SYSTEM_PROPERTIES("Java system properties"),
  /** {@code AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY}. */
  ENVIRONMENT("environment variables"),
  /** {@code AWS_WEB_IDENTITY_TOKEN_FILE} and {@code AWS_ROLE_ARN}. */
  WEB_IDENTITY("web identity token file (EKS service account)"),
  /** The shared files, by {@code AWS_PROFILE}. */
  PROFILE("profile"),
  /** {@code AWS_CONTAINER_CREDENTIALS_RELATIVE_URI} or {@code ..._FULL_URI}. */
  CONTAINER("container endpoint (ECS task, EKS Pod Identity)"),
  /** The metadata service of EC2. */
  INSTANCE("EC2 instance metadata");

  private final String words;

  CredentialsPlace(String words) {
    this.words = words;
  }

  /** A few words for people. */
  @Override
  public String toString() {
    return words;
  }
}
