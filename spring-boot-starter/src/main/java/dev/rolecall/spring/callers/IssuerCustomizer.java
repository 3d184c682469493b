package dev.rolecall.spring.callers;

import dev.rolecall.tokens.TokenIssuer;

/**
 * A bean that sets options of an issuer which no property does, such as its algorithms. Called once
 * for each issuer, after the properties, in the order of the beans.
 */
@FunctionalInterface
public interface IssuerCustomizer {

  /**
   * Sets options.
   *
   * @param alias the issuer's; of an AWS account, {@code aws-} and its digits
   */
  void customize(String alias, TokenIssuer options);
}
