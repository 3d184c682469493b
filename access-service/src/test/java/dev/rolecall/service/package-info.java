/** Tests of the whole node, over real calls. */
@NullMarked
package dev.rolecall.service;

import org.jspecify.annotations.NullMarked;
