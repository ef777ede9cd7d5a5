/// How an environment is opened.
public struct EnvironmentOptions: Sendable {
    /// Who may do what.
    public enum Access: Sendable {
        /// Reading and writing. One process at a time.
        case readWrite
        /// Reading only, also while another process writes. On media that cannot be written it works without reader
        /// slots, and is refused while a writer is alive.
        case readOnly
    }

    /// When a commit counts as done.
    public enum Durability: Sendable {
        /// Every commit is synced to the disk before it returns.
        case synced
        /// Nothing is ever synced. A power loss may leave the file unusable: for scratch folders only.
        case unsynced
    }

    /// Who may do what. ``Access/readWrite`` unless told otherwise.
    public var access = Access.readWrite
    /// When a commit counts as done. ``Durability/synced`` unless told otherwise.
    public var durability = Durability.synced
    /// Whether a missing data file is made. The folder must exist.
    public var createsMissingFile = false
    /// The size of the map at first, in bytes. It only takes address space.
    public var initialMapSizeBytes = 1 << 30
    /// The size beyond which the map does not grow, in bytes: the limit of the data.
    public var maximumMapSizeBytes = 1 << 40
    /// How many named databases there may be.
    public var maximumDatabaseCount = 32
    /// How many read transactions may be open at once, over all processes.
    public var maximumReaderCount = 1_024

    /// The defaults.
    public init() {}
}
