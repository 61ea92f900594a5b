package org.votingapp.systemtests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The borders between modules, and between a module's core and the technology at its edge. */
class ArchitectureTest {

    private static final String DOMAIN = "org.votingapp.poll..";
    private static final String RUNTIME = "org.votingapp.runtime..";
    private static final String RUNTIME_REDIS = "org.votingapp.runtime.redis..";
    private static final String WEB = "org.votingapp.web..";
    private static final String VOTE = "org.votingapp.vote..";
    private static final String WORKER = "org.votingapp.worker..";
    private static final String WORKER_STREAM = "org.votingapp.worker.stream..";
    private static final String RESULT = "org.votingapp.result..";
    private static final String RESULT_POSTGRES = "org.votingapp.result.postgres..";

    private static final String ORGANISER = "org.votingapp.organiser..";
    private static final String ORGANISER_OPENID = "org.votingapp.organiser.openid..";

    private static JavaClasses all;

    @BeforeAll
    static void importClasses() {
        List<Path> modules = List.of(
                        "voting-domain",
                        "voting-runtime",
                        "voting-web",
                        "vote-war",
                        "worker-ejb",
                        "result-war",
                        "organiser-war",
                        "local-stack")
                .stream()
                .map(module -> Path.of("..", module, "target", "classes"))
                .toList();
        all = new ClassFileImporter().importPaths(modules);
        for (String part : List.of(DOMAIN, RUNTIME, WEB, VOTE, WORKER, RESULT, ORGANISER)) {
            String name = part.substring(0, part.length() - 2);
            assertThat(all.stream().filter(type -> type.getPackageName().startsWith(name)))
                    .as("classes of %s: build the modules first", name)
                    .isNotEmpty();
        }
    }

    @Test
    void theVoteServerKnowsNeitherPostgresNorTheOtherParts() {
        noClasses()
                .that()
                .resideInAPackage(VOTE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.postgresql..",
                        "java.sql..",
                        "javax.sql..",
                        "jakarta.persistence..",
                        WORKER,
                        RESULT,
                        ORGANISER)
                .check(all);
    }

    @Test
    void theResultServerKnowsNeitherRedisNorTheOtherParts() {
        noClasses()
                .that()
                .resideInAPackage(RESULT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("redis.clients..", RUNTIME_REDIS, VOTE, WORKER, ORGANISER)
                .check(all);
    }

    @Test
    void theOrganiserServerKnowsNeitherRedisNorTheOtherParts() {
        noClasses()
                .that()
                .resideInAPackage(ORGANISER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("redis.clients..", RUNTIME_REDIS, VOTE, WORKER, RESULT)
                .check(all);
    }

    @Test
    void theOrganiserServerKnowsPostgresOnlyInItsStoreAndItsDesk() {
        noClasses()
                .that()
                .resideInAPackage(ORGANISER)
                .and()
                .resideOutsideOfPackages("org.votingapp.organiser.store..", "org.votingapp.organiser.desk..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "java.sql..", "javax.sql..", "org.postgresql..")
                .check(all);
    }

    @Test
    void openIdConnectShowsOnlyInThePackageForIt() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ORGANISER_OPENID)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.nimbusds..")
                .check(all);
        noClasses()
                .that()
                .resideInAPackage(ORGANISER_OPENID)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "org.votingapp.organiser.account..", "org.votingapp.organiser.store..")
                .check(all);
    }

    @Test
    void theWorkerHasNoPagesAndKnowsNoOtherPart() {
        noClasses()
                .that()
                .resideInAPackage(WORKER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.faces..", "jakarta.ws.rs..", "jakarta.servlet..", WEB, VOTE, RESULT, ORGANISER)
                .check(all);
    }

    @Test
    void theDomainIsPlainJava() {
        classes()
                .that()
                .resideInAPackage(DOMAIN)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.crypto..", DOMAIN)
                .check(all);
    }

    @Test
    void redisShowsOnlyInTheClassesAtTheEdge() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        RUNTIME_REDIS, "org.votingapp.vote.redis..", WORKER_STREAM, "org.votingapp.stack.redis..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("redis.clients..")
                .check(all);
    }

    @Test
    void castingKnowsNoTechnology() {
        noClasses()
                .that()
                .resideInAPackage("org.votingapp.vote.casting..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "redis.clients..", "jakarta.servlet..", "jakarta.ws.rs..", "jakarta.faces..", "jakarta.json..")
                .check(all);
    }

    /**
     * Redis' clock decides votes. The vote server's tells the state until Redis' is known (HousePoll), the time in a new voter's
     * id, the hour of a pass, and at the start what a refusal says.
     */
    @Test
    void theVoteServersClockDecidesNoVote() {
        noClasses()
                .that()
                .resideInAnyPackage(VOTE, DOMAIN)
                .and(not(simpleName("HousePoll")
                        .or(simpleName("VoterCookies"))
                        .or(simpleName("VoteSettings"))
                        .or(simpleName("PollAdmission"))))
                .should()
                .callMethodWhere(target(nameMatching("now|currentTimeMillis|system[A-Z].*"))
                        .and(target(owner(assignableTo(Clock.class)
                                .or(assignableTo(Instant.class))
                                .or(assignableTo(System.class))))))
                .check(all);
    }

    /** Somebody may set the clock of a machine back. */
    @Test
    void howLongAStoreHasFailedIsMeasuredByNoClockThatGoesBack() {
        noClasses()
                .that()
                .resideInAnyPackage("org.votingapp.runtime.store..", "org.votingapp.worker.store..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(InstantSource.class)
                .orShould()
                .callMethodWhere(target(nameMatching("now|currentTimeMillis"))
                        .and(target(owner(assignableTo(Instant.class).or(assignableTo(System.class))))))
                .check(all);
    }

    @Test
    void postgresShowsOnlyInTheResultServersPackageForIt() {
        noClasses()
                .that()
                .resideInAPackage(RESULT)
                .and()
                .resideOutsideOfPackage(RESULT_POSTGRES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", RESULT_POSTGRES)
                .check(all);
    }

    @Test
    void aTallyKnowsNoTechnologyButItsOwnEncoding() {
        noClasses()
                .that()
                .resideInAPackage("org.votingapp.result.tally..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.persistence..",
                        "jakarta.servlet..",
                        "jakarta.ws.rs..",
                        "jakarta.faces..",
                        "java.sql..")
                .check(all);
    }

    @Test
    void whatServersShareKnowsNoServer() {
        noClasses()
                .that()
                .resideInAnyPackage(RUNTIME, WEB)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(VOTE, WORKER, RESULT, ORGANISER)
                .check(all);
        noClasses()
                .that()
                .resideInAPackage(RUNTIME)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        WEB, "jakarta.servlet..", "jakarta.faces..", "jakarta.persistence..", "jakarta.ejb..")
                .check(all);
    }

    /** Code that counts knows an interface of its own package; one class a server implements it. */
    @Test
    void metricsShowOnlyInThePackagesForThem() {
        String[] metrics = {"org.votingapp.runtime.metrics..", "org.votingapp.*.metrics.."};
        noClasses()
                .that()
                .resideOutsideOfPackages(metrics)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.microprofile.metrics..")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(metrics)
                .check(all);
    }

    /** In Turkish, {@code i} becomes {@code İ}. */
    @Test
    void theLocaleOfTheMachineChangesNoLetter() {
        noClasses()
                .should()
                .accessTargetWhere(describe(
                        "change the case of a text without a locale",
                        access -> access.getTarget()
                                .getFullName()
                                .matches("java\\.lang\\.String\\.to(Upper|Lower)Case\\(\\)")))
                .check(all);
    }

    @Test
    void noPackagesDependOnEachOtherInACycle() {
        slices().matching("org.votingapp.(**)").should().beFreeOfCycles().check(all);
    }

    /** The servers know none by a cookie (http.xml): each request would begin another, and all would stay for a while. */
    @Test
    void nobodyKeepsASession() {
        noClasses()
                .should()
                .callMethodWhere(target(nameMatching("getSession")))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(".*\\.(SessionScoped|HttpSession)")
                .check(all);
    }

    @Test
    void theWorkerUsesTheStreamThroughItsPorts() {
        noClasses()
                .that()
                .resideInAPackage(WORKER)
                .and()
                .resideOutsideOfPackage(WORKER_STREAM)
                .should()
                .dependOnClassesThat(resideInAPackage(WORKER_STREAM)
                        .and(describe(
                                "are an adapter of Redis",
                                type -> type.getSimpleName().startsWith("Redis"))))
                .check(all);
    }

    @Test
    void theWorkerKnowsPostgresOnlyWhereItStoresPollsBallotsAndTheSchema() {
        noClasses()
                .that()
                .resideInAPackage(WORKER)
                .and()
                .resideOutsideOfPackages("org.votingapp.worker.poll..", "org.votingapp.worker.schema..")
                .and()
                .doNotHaveSimpleName("BallotRecorder")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.persistence..", "java.sql..", "javax.sql..", "org.postgresql..", "org.flywaydb..")
                .check(all);
    }

    /** The two others call an EJB, and translate what the container throws when a commit fails. */
    @Test
    void theWorkerKnowsEnterpriseBeansOnlyInThemAndWhereTheirFailuresAreTranslated() {
        noClasses()
                .that()
                .resideInAPackage(WORKER)
                .and()
                .areNotAnnotatedWith("jakarta.ejb.Stateless")
                .and()
                .areNotAnnotatedWith("jakarta.ejb.Singleton")
                .and()
                .areNotAnnotatedWith("jakarta.ejb.ApplicationException")
                .and()
                .doNotHaveSimpleName("EjbRecorder")
                .and()
                .doNotHaveSimpleName("PollCatalog")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ejb..")
                .check(all);
    }

    @Test
    void recordingKnowsBallotsAndNoEntriesOfTheStream() {
        noClasses()
                .that()
                .resideInAPackage("org.votingapp.worker.record..")
                .should()
                .dependOnClassesThat(resideInAPackage(WORKER_STREAM)
                        .and(not(simpleName("EntryId").or(simpleName("Rejection")))))
                .check(all);
    }
}
