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
    }
}
