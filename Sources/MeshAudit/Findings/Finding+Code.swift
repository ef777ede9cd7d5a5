extension Finding.Code {
    // The data file.

    /// A page of the data file is malformed, or used twice, or by nobody.
    public static let pageDamaged = Self(rawValue: "page-damaged")
    /// A table is missing, unknown, or sorted in another way.
    public static let tableInvalid = Self(rawValue: "table-invalid")
    /// Storage refuses the home: its anchor, its description or its last block.
    public static let openRefused = Self(rawValue: "open-refused")
    /// What the store says of itself is wrong.
    public static let metaInvalid = Self(rawValue: "meta-invalid")

    // The chain of headers.

    /// A stored block cannot be read.
    public static let headerInvalid = Self(rawValue: "header-invalid")
    /// A height is left out.
    public static let blockMissing = Self(rawValue: "block-missing")
    /// A header does not name the one before it.
    public static let headerLinkBroken = Self(rawValue: "header-link-broken")
    /// A block belongs to another chain.
    public static let wrongChain = Self(rawValue: "wrong-chain")
    /// A block is dated before the one before it.
    public static let timeBackwards = Self(rawValue: "time-backwards")
    /// A block's records do not begin where those of the block before end.
    public static let sequenceRange = Self(rawValue: "sequence-range")

    // Records and their tree.

    /// A record is not there.
    public static let recordMissing = Self(rawValue: "record-missing")
    /// There are records that no block speaks of.
    public static let recordUnexpected = Self(rawValue: "record-unexpected")
    /// A record is not the one that was recorded.
    public static let recordChanged = Self(rawValue: "record-changed")
    /// A record is no canonical envelope.
    public static let recordMalformed = Self(rawValue: "record-malformed")
    /// A record names another sequence or height than its own.
    public static let recordMisplaced = Self(rawValue: "record-misplaced")
    /// The records up to a block do not have the root that its header names.
    public static let eventRootMismatch = Self(rawValue: "event-root-mismatch")
    /// A stored hash of the event tree is wrong or missing; the records are sound.
    public static let treeNodeDamaged = Self(rawValue: "tree-node-damaged")
    /// The event tree's table holds something that is no part of the tree.
    public static let treeNodeUnexpected = Self(rawValue: "tree-node-unexpected")

    // What hangs on the records.

    /// An input of a block is not there.
    public static let inputMissing = Self(rawValue: "input-missing")
    /// There are inputs that no block speaks of.
    public static let inputUnexpected = Self(rawValue: "input-unexpected")
    /// A block's inputs do not have the root that its header names.
    public static let transactionsRootMismatch = Self(rawValue: "transactions-root-mismatch")
    /// A block's transactions and the records of how they went do not belong together.
    public static let executionMismatch = Self(rawValue: "execution-mismatch")
    /// A transaction has no receipt.
    public static let receiptMissing = Self(rawValue: "receipt-missing")
    /// A receipt points to no record of its transaction.
    public static let receiptUnexpected = Self(rawValue: "receipt-unexpected")
    /// A dictionary entry is not there.
    public static let schemaMissing = Self(rawValue: "schema-missing")
    /// A dictionary entry is not the one that was recorded.
    public static let schemaChanged = Self(rawValue: "schema-changed")
    /// No record added this dictionary entry.
    public static let schemaUnexpected = Self(rawValue: "schema-unexpected")

    // What validators signed.

    /// A block's signatures can't be read, or they are not those of more than two thirds of its validators' power.
    public static let signatureInvalid = Self(rawValue: "signature-invalid")
    /// A block is unsigned, though the one before it is signed.
    public static let signatureMissing = Self(rawValue: "signature-missing")
    /// Validators signed something else than what the log says.
    public static let signedHeaderMismatch = Self(rawValue: "signed-header-mismatch")

    // Replay and re-execution.

    /// A record cannot be applied to the state before it.
    public static let eventNotApplicable = Self(rawValue: "event-not-applicable")
    /// A privileged event stands in the log without a live grant.
    public static let privilegeMissing = Self(rawValue: "privilege-missing")
    /// An event brings what its instance has by a grant above the grant's cap, or gives back what it does not have.
    public static let privilegeExceeded = Self(rawValue: "privilege-exceeded")
    /// The caps of a privilege's grants add up to more than its total cap.
    public static let totalCapExceeded = Self(rawValue: "total-cap-exceeded")
    /// An event's instance, vocabulary, kind or payload is not what the log has made known.
    public static let eventUndecodable = Self(rawValue: "event-undecodable")
    /// The rebuilt state has another root than the header names.
    public static let stateRootMismatch = Self(rawValue: "state-root-mismatch")
    /// An entry of a table differs from the rebuilt one.
    public static let stateEntryDiffers = Self(rawValue: "state-entry-differs")
    /// The stored state tree, or what is kept of earlier states, does not have the roots that the headers name.
    public static let stateTreeDamaged = Self(rawValue: "state-tree-damaged")
    /// Executing a block again gave another record.
    public static let reexecutionDiffers = Self(rawValue: "reexecution-differs")

    /// What to do about findings of this kind in general.
    var remedy: String {
        switch self {
        case .stateTreeDamaged, .treeNodeDamaged, .treeNodeUnexpected, .receiptMissing, .receiptUnexpected,
            .stateEntryDiffers:
            "It follows from the records: restore the home from a backup, or rebuild it from this log's inputs."
        case .stateRootMismatch, .eventNotApplicable, .reexecutionDiffers:
            "Run verify first. If the log is sound, use the build of the modules that wrote it."
        case .signatureInvalid, .signatureMissing, .signedHeaderMismatch:
            "Ask the chain's validators what they signed, and rebuild the home from a peer's log."
        case .privilegeMissing, .privilegeExceeded, .totalCapExceeded:
            "Somebody recorded what they were not allowed to. Do not go on with this log."
        case .openRefused:
            "Follow the message."
        default:
            "Restore the home from a backup, or rebuild it from a peer's log."
        }
    }
}
