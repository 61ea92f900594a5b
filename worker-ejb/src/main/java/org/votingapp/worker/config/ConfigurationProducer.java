package org.votingapp.worker.config;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.votingapp.runtime.postgres.DatabaseSettings;
import org.votingapp.runtime.redis.RedisAddress;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.worker.file.PollsFile;
import org.votingapp.worker.store.StoreAddresses;

/** Produces what the settings say. */
@Dependent
class ConfigurationProducer {

    @Produces
    @Singleton
    WorkerSettings workerSettings(Config config) {
        return WorkerSettings.read(Settings.from(config));
    }

    @Produces
    @Singleton
    BallotRetention ballotRetention(Config config) {
        return BallotRetention.read(Settings.from(config));
    }

    @Produces
    @Singleton
    PollsFile pollsFile(Config config) {
        return PollsFileSetting.read(Settings.from(config));
    }

    @Produces
    @Singleton
    RedisAddress redisAddress(Config config) {
        return RedisAddress.read(Settings.from(config));
    }

    @Produces
    @Singleton
    StoreAddresses storeAddresses(Config config, RedisAddress redis) {
        return new StoreAddresses(redis.store(), DatabaseSettings.address(Settings.from(config)));
    }
}
