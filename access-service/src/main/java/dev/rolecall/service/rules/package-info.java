/**
 * The rules of the access service: people, permissions, requesters and reviewers, as values. Start
 * at {@link dev.rolecall.service.rules.AccessRules}. The package knows no file, no store and no
 * gRPC.
 */
@NullMarked
package dev.rolecall.service.rules;

import org.jspecify.annotations.NullMarked;
