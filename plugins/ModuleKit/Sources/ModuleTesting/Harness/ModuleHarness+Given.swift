public import ModuleKit

extension ModuleHarness {
    /// Something that a test takes for granted: if it fails, the test fails.
    public struct Given {
        let what: String
        let arrange: (ModuleHarness) throws(HarnessError) -> Void

        /// Imports a genesis document into all modules; only as the first of all calls.
        public static func genesis(_ document: GenesisDocument, strictness: GenesisReport.Strictness = .refuse) -> Given
        {
            Given(what: "the genesis") { (harness) throws(HarnessError) in
                try harness.when(importing: document, strictness: strictness).thenSucceeded()
            }
        }

        /// Imports an `app_state` into all modules, with the harness's chain identifier and time.
        public static func genesis(appState: JSONValue) -> Given {
            Given(what: "the genesis") { (harness) throws(HarnessError) in
                let options = harness.options
                let document = GenesisDocument(chainID: options.chainID, time: options.genesisTime, appState: appState)
                try harness.when(importing: document).thenSucceeded()
            }
        }

        /// Sends messages to the module under test, each a transaction of its own.
        public static func messages(_ messages: [Module.Message], from sender: Address) -> Given {
            .messages(messages, to: Module.self, from: sender)
        }

        /// Sends messages to a module, each a transaction of its own.
        public static func messages<Other: ProtocolModule>(
            _ messages: [Other.Message],
            to module: Other.Type,
            from sender: Address
        ) -> Given {
            Given(what: "messages to \(Other.manifest.name)") { (harness) throws(HarnessError) in
                for message in messages { try harness.when(message, to: module, from: sender).thenSucceeded() }
            }
        }

        /// Records events of the module under test, in one transaction, without any message.
        public static func events(_ events: [Module.Event]) -> Given { .events(events, of: Module.self) }

        /// Records events of a module, in one transaction, without any message.
        public static func events<Other: ProtocolModule>(_ events: [Other.Event], of module: Other.Type) -> Given {
            Given(what: "events of \(Other.manifest.name)") { (harness) throws(HarnessError) in
                try harness.when(recording: events, of: module).thenSucceeded()
            }
        }

        /// Lets blocks go by.
        public static func blocks(_ count: Int, every interval: TimeSpan? = nil) -> Given {
            Given(what: "\(count) blocks") { (harness) throws(HarnessError) in
                for _ in 0..<max(count, 0) { try harness.nextBlock(after: interval) }
            }
        }
    }

    /// Sets the scene, in order.
    ///
    /// - Throws: `givenFailed` with the module's error as cause; what `when` and `nextBlock` throw.
    public func given(_ givens: Given...) throws(HarnessError) {
        for given in givens {
            do throws(HarnessError) {
                try given.arrange(self)
            } catch {
                guard error.code == .unexpectedOutcome else { throw error }
                throw HarnessError(.givenFailed, "\(given.what) \(error.message)", cause: error.cause)
            }
        }
    }
}
