extension ModuleError.Code {
    private static func execution(_ number: UInt32) -> Self { Self("execution", number) }

    /// Storage failed while state was read; the block is given up. Never seen in a receipt.
    public static let storageFailed = execution(1)
    /// A message has a field that this build does not know.
    public static let unknownField = execution(2)
    /// A message says nothing that the module knows.
    public static let unknownMessage = execution(3)
    /// An event is of a kind that its vocabulary does not list.
    public static let unknownEvent = execution(4)
    /// An event was written with a schema version that this build can't read.
    public static let unknownSchemaVersion = execution(5)
    /// A privileged event without a live grant.
    public static let notGranted = execution(6)
}
