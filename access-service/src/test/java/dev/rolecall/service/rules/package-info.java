/** Tests of rules as values. */
@NullMarked
package dev.rolecall.service.rules;

import org.jspecify.annotations.NullMarked;
