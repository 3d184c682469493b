/**
 * Tests of the files that a deployment applies: the IAM policies mean what their table says, the
 * copies for Terraform and CloudFormation are the same policies, and the manifests fit both. Where
 * the tools are found, they judge the files too.
 */
@NullMarked
package dev.rolecall.tests.deploy;

import org.jspecify.annotations.NullMarked;
