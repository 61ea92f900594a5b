package org.votingapp.organiser.form;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.votingapp.poll.PollText;

/** Text on one line, something to see, of so many characters at most ({@link PollText}). */
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = OneLine.Validator.class)
public @interface OneLine {

    /** The key of the sentence for people, in the bundle {@code organiser}. */
    String message();

    /** As Bean Validation requires. */
    Class<?>[] groups() default {};

    /** As Bean Validation requires. */
    Class<? extends Payload>[] payload() default {};

    /** The most code points. */
    int longest();

    /** Asks {@link PollText}. */
    final class Validator implements ConstraintValidator<OneLine, String> {

        private int longest;

        @Override
        public void initialize(OneLine constraint) {
            longest = constraint.longest();
        }

        @Override
        public boolean isValid(String text, ConstraintValidatorContext context) {
            return text != null && PollText.fault(text, longest).isEmpty();
        }
    }
}
