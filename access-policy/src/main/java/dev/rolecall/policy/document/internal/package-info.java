/**
 * Reads the structure of YAML and JSON texts, with the place of each value. It gives no meaning to
 * what it reads: policies and tables of cases do. Shared with policy-tools. Start at {@link
 * dev.rolecall.policy.document.internal.DocumentText}.
 */
@NullMarked
package dev.rolecall.policy.document.internal;

import org.jspecify.annotations.NullMarked;
