extension ScenarioVocabulary {
    /// What every scenario can use.
    public static var standard: ScenarioVocabulary {
        ScenarioVocabulary(
            steps: [
                OpenStep.self, SendStep.self, TransferStep.self, SubmitStep.self, SettleStep.self, WaitStep.self,
                BlocksStep.self, DeliverStep.self, StopStep.self, CrashStep.self, ReopenStep.self, ExpectStep.self,
                AuditStep.self, NoteStep.self,
            ],
            expectations: [
                BalanceExpectation.self, SupplyExpectation.self, EscrowExpectation.self, PacketExpectation.self,
                TransactionExpectation.self, ChannelExpectation.self, ClientExpectation.self, EventExpectation.self,
                ForgeriesExpectation.self,
            ]
        )
        .adding(steps: governanceSteps, expectations: [ProposalExpectation.self])
        .adding(steps: validatorSteps, expectations: [SigningExpectation.self, OffenderExpectation.self])
        .adding(steps: meshSteps, expectations: meshExpectations)
        .adding(
            steps: [WithdrawRewardsStep.self, SetRouteStep.self],
            expectations: [RewardsExpectation.self, RewardTotalsExpectation.self, RewardBooksExpectation.self]
        )
    }

    /// What is done with stake and votes.
    private static var governanceSteps: [any ScenarioStep.Type] {
        [DelegateStep.self, ProposeStep.self, DepositStep.self, VoteStep.self, DecideStep.self]
    }

    /// What validators do, and should not.
    private static var validatorSteps: [any ScenarioStep.Type] {
        [OfflineStep.self, OnlineStep.self, DoubleSignStep.self, UnjailStep.self, ObserveStep.self, LeaveStep.self]
    }

    /// What is done with pairings (mesh security).
    private static var meshSteps: [any ScenarioStep.Type] {
        [
            PairStep.self, BondStep.self, UnbondStep.self, CrossStakeStep.self, CrossUnstakeStep.self,
            WithdrawStep.self, StakeLocallyStep.self, RestakeLocallyStep.self, UnstakeLocallyStep.self,
            ReleaseStep.self,
            SetPriceStep.self, SetCapStep.self, RevokeStep.self, ClosePairingStep.self, FreezeStep.self,
        ]
    }

    /// What is expected of pairings.
    private static var meshExpectations: [any ScenarioExpectation.Type] {
        [
            VaultExpectation.self, StakeExpectation.self, LocalStakeExpectation.self, PledgeExpectation.self,
            BondedExpectation.self, MintedExpectation.self, PowerExpectation.self, DriftExpectation.self,
            PairingExpectation.self,
        ]
    }
}
