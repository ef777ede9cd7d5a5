// swift-tools-version:6.2
import PackageDescription

// The whole house in one package. Every folder under `plugins/`, and `storage/`, is also a complete package of its own;
// here their targets are named once more as ours, because a package used by URL may have no local path dependency.
// `ManifestTests` keeps the two views in step.

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// The targets of the package in a folder.
func targets(of folder: String, _ targets: Target...) -> [Target] {
    for target in targets { target.path = "\(folder)/\(target.isTest ? "Tests" : "Sources")/\(target.name)" }
    return targets
}

/// What others build on.
func library(
    _ name: String,
    _ dependencies: [Target.Dependency],
    excluding excluded: [String] = [],
    settings: [SwiftSetting] = []
) -> Target {
    .target(name: name, dependencies: dependencies, exclude: excluded, swiftSettings: house + settings)
}

/// Tests.
func suite(
    _ name: String,
    _ dependencies: [Target.Dependency],
    excluding excluded: [String] = [],
    copying resource: String? = nil
) -> Target {
    let files = resource.map { [Resource.copy($0)] }
    return .testTarget(
        name: name,
        dependencies: dependencies,
        exclude: excluded,
        resources: files,
        swiftSettings: house
    )
}

/// A program.
func program(_ name: String, at path: String? = nil, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: path, swiftSettings: house)
}

let storage = targets(
    of: "storage",
    .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
    library("LMDB", ["CLMDB"], settings: [.strictMemorySafety()]),
    library("ICS23", [crypto, protobuf], excluding: ["Wire/ics23.proto", "Wire/commitment.proto"]),
    library("Storage", ["LMDB", "ICS23", crypto]),
    library("StorageTestSupport", []),
    suite("LMDBTests", ["LMDB", "StorageTestSupport"]),
    suite("ICS23Tests", ["ICS23", "StorageTestSupport", crypto], copying: "Vectors"),
    suite("StorageTests", ["Storage", "ICS23", "LMDB", "StorageTestSupport", crypto], copying: "Golden")
)

let strictJSON = targets(
    of: "plugins/StrictJSON",
    library("StrictJSON", []),
    suite("StrictJSONTests", ["StrictJSON"])
)

let moduleKit = targets(
    of: "plugins/ModuleKit",
    library(
        "ModuleKit",
        ["StrictJSON", crypto, protobuf],
        excluding: ["Vocabulary/grants.proto", "Vocabulary/kit.proto"]
    ),
    library("ModuleRuntime", ["ModuleKit", "Storage"], excluding: ["Envelope/envelope.proto"]),
    library(
        "ModuleTesting",
        ["ModuleKit", "ModuleRuntime", "Storage", "ICS23"],
        excluding: ["Vocabulary/harness.proto"]
    ),
    suite(
        "ModuleKitTests",
        ["ModuleKit", "ModuleRuntime", "ModuleTesting", "Storage", "ICS23"],
        excluding: ["Vocabulary/testing.proto"]
    )
)

let bank = targets(
    of: "plugins/Bank",
    library("BankEvents", ["ModuleKit"], excluding: ["bank.proto"]),
    library("Bank", ["BankEvents", "ModuleKit"]),
    suite("BankTests", ["Bank", "BankEvents", "ModuleKit", "ModuleTesting"], excluding: ["Support/pool.proto"])
)

let staking = targets(
    of: "plugins/Staking",
    library("StakingEvents", ["ModuleKit", "BankEvents", crypto], excluding: ["staking.proto"]),
    library("NativeStaking", ["StakingEvents", "BankEvents", "ModuleKit"]),
    library(
        "StakingTesting",
        ["StakingEvents", "BankEvents", "ModuleKit"],
        excluding: ["magistrate.proto", "stand_in.proto"]
    ),
    suite(
        "NativeStakingTests",
        [
            "NativeStaking", "StakingEvents", "StakingTesting", "BankEvents", "ModuleKit", "Bank", "ModuleRuntime",
            "ModuleTesting", "Storage",
        ],
        excluding: ["Kit/probe.proto"]
    )
)

let rewards = targets(
    of: "plugins/Rewards",
    library("RewardsEvents", ["BankEvents", "ModuleKit"], excluding: ["rewards.proto"]),
    library("Rewards", ["RewardsEvents", "BankEvents", "ModuleKit", "StakingEvents"]),
    suite(
        "RewardsTests",
        [
            "Rewards", "RewardsEvents", "Bank", "BankEvents", "ModuleKit", "ModuleTesting", "NativeStaking",
            "StakingEvents", "StakingTesting",
        ],
        excluding: ["Support/clerk.proto"]
    )
)

let slashing = targets(
    of: "plugins/Slashing",
    library("SlashingEvents", ["ModuleKit", "StakingEvents"], excluding: ["slashing.proto"]),
    library("Slashing", ["SlashingEvents", "ModuleKit", "StakingEvents"]),
    suite(
        "SlashingTests",
        ["Slashing", "SlashingEvents", "Bank", "NativeStaking", "StakingEvents", "ModuleKit", "ModuleTesting"]
    ),
    library("EvidenceEvents", ["ModuleKit", protobuf], excluding: ["evidence.proto"]),
    library("Evidence", ["EvidenceEvents", "CometBFT", "IBC", "InterchainEvents", "ModuleKit"]),
    suite(
        "EvidenceTests",
        [
            "Evidence", "EvidenceEvents", "CometBFT", "CometBFTProtobuf", "CometBFTTesting", "IBC", "Interchain",
            "InterchainEvents", "LightClient", "ModuleKit", "ModuleTesting",
        ],
        copying: "Vectors"
    )
)

let governance = targets(
    of: "plugins/Governance",
    library("GovernanceEvents", ["BankEvents", "ModuleKit", protobuf], excluding: ["governance.proto"]),
    library("Governance", ["GovernanceEvents", "BankEvents", "ModuleKit", "StakingEvents"]),
    suite(
        "GovernanceTests",
        [
            "Governance", "GovernanceEvents", "Bank", "BankEvents", "NativeStaking", "StakingEvents", "StakingTesting",
            "ModuleKit", "ModuleTesting", protobuf,
        ],
        excluding: ["Support/usher.proto"]
    )
)

let cometBFT = targets(
    of: "plugins/CometBFT",
    library("ZIP215", [crypto]),
    library("CometBFTProtobuf", [protobuf], excluding: ["tendermint"]),
    library("CometBFT", ["ZIP215", "CometBFTProtobuf", "StrictJSON", crypto, protobuf]),
    library("LightClient", ["CometBFT"]),
    library("CometBFTTesting", ["CometBFT", crypto]),
    suite("ZIP215Tests", ["ZIP215", "CometBFTTesting", crypto], copying: "Vectors"),
    suite("CometBFTTests", ["CometBFT", "CometBFTTesting", "CometBFTProtobuf", crypto, protobuf], copying: "Vectors"),
    suite("LightClientTests", ["LightClient", "CometBFT", "CometBFTTesting", crypto], copying: "Vectors")
)

let interchain = targets(
    of: "plugins/Interchain",
    library(
        "IBC",
        ["CometBFT", "CometBFTProtobuf", "LightClient", "ICS23", "StrictJSON", crypto, protobuf],
        excluding: ["Wire/ibc"]
    ),
    suite(
        "IBCTests",
        ["IBC", "CometBFT", "CometBFTTesting", "LightClient", "ICS23", "StrictJSON", crypto, protobuf],
        copying: "Vectors"
    ),
    library("InterchainEvents", ["IBC", "ModuleKit", protobuf], excluding: ["interchain.proto"]),
    library("Interchain", ["InterchainEvents", "IBC", "CometBFT", "ICS23", "ModuleKit", protobuf]),
    library("InterchainTesting", ["InterchainEvents", "IBC", "ModuleKit", protobuf]),
    suite(
        "InterchainTests",
        [
            "Interchain", "InterchainEvents", "IBC", "CometBFT", "CometBFTTesting", "ICS23", "LightClient", "ModuleKit",
            "ModuleTesting", protobuf,
        ],
        excluding: ["Support/postcard.proto"]
    )
)

let transfer = targets(
    of: "plugins/Transfer",
    library(
        "TransferEvents",
        ["BankEvents", "IBC", "InterchainEvents", "ModuleKit", protobuf],
        excluding: ["transfer.proto"]
    ),
    library("Transfer", ["TransferEvents", "BankEvents", "IBC", "InterchainEvents", "ModuleKit"]),
    suite(
        "TransferTests",
        [
            "Transfer", "TransferEvents", "Bank", "BankEvents", "IBC", "InterchainEvents", "InterchainTesting",
            "ModuleKit", "ModuleTesting", protobuf,
        ],
        excluding: ["Support/kiosk.proto"]
    )
)

let controlChannel = targets(
    of: "plugins/ControlChannel",
    library("ControlChannel", ["ModuleKit", "StrictJSON"]),
    suite("ControlChannelTests", ["ControlChannel", "ModuleKit", "StrictJSON"], copying: "Vectors")
)

let provider = targets(
    of: "plugins/Provider",
    library("VaultEvents", ["BankEvents", "ModuleKit", protobuf], excluding: ["vault.proto"]),
    library("Vault", ["VaultEvents", "BankEvents", "ModuleKit"]),
    suite(
        "VaultTests",
        ["Vault", "VaultEvents", "Bank", "BankEvents", "ModuleKit", "ModuleTesting", protobuf],
        excluding: ["Support/pawnshop.proto"]
    ),
    library(
        "LocalStakingEvents",
        [
            "VaultEvents", "BankEvents", "GovernanceEvents", "ModuleKit", protobuf, "RewardsEvents", "StakingEvents",
        ],
        excluding: ["local_staking.proto"]
    ),
    library(
        "LocalStaking",
        [
            "LocalStakingEvents", "VaultEvents", "BankEvents", "GovernanceEvents", "ModuleKit", "RewardsEvents",
            "StakingEvents",
        ]
    ),
    suite(
        "LocalStakingTests",
        [
            "LocalStaking", "LocalStakingEvents", "Vault", "VaultEvents", "Bank", "BankEvents", "Governance",
            "GovernanceEvents", "NativeStaking", "Rewards", "RewardsEvents", "StakingEvents", "StakingTesting",
            "ModuleKit", "ModuleTesting", protobuf,
        ],
        excluding: ["Support/desk.proto"]
    ),
    library(
        "ExternalStakingEvents",
        ["VaultEvents", "BankEvents", "InterchainEvents", "ModuleKit", protobuf, "RewardsEvents", "TransferEvents"],
        excluding: ["external_staking.proto"]
    ),
    library(
        "ExternalStaking",
        ["ExternalStakingEvents", "VaultEvents", "BankEvents", "ControlChannel", "EvidenceEvents", "IBC"]
            + ["InterchainEvents", "ModuleKit", "TransferEvents", "ZIP215"]
    ),
    suite(
        "ExternalStakingTests",
        [
            "ExternalStaking", "ExternalStakingEvents", "LocalStaking", "Vault", "VaultEvents", "Bank", "BankEvents",
            "ControlChannel", crypto, "EvidenceEvents", "IBC", "InterchainEvents", "InterchainTesting", "ModuleKit",
            "ModuleTesting", "NativeStaking", protobuf, "Rewards", "RewardsEvents", "StakingEvents", "Transfer",
            "TransferEvents",
        ],
        excluding: ["Support/grudge.proto"]
    ),
    library("RecommendedListEvents", ["ModuleKit", protobuf], excluding: ["recommended_list.proto"]),
    library("RecommendedList", ["ExternalStakingEvents", "RecommendedListEvents", "ModuleKit"]),
    suite(
        "RecommendedListTests",
        ["ExternalStakingEvents", "RecommendedList", "RecommendedListEvents", "ModuleKit", "ModuleTesting"]
    )
)

let earning: [Target.Dependency] = ["BankEvents", "ModuleKit", "RewardsEvents", "StakingEvents"]
let consumer = targets(
    of: "plugins/Consumer",
    library("PriceFeedEvents", ["ModuleKit", protobuf], excluding: ["price_feed.proto"]),
    library("PriceFeed", ["PriceFeedEvents", "ModuleKit"]),
    suite("PriceFeedTests", ["PriceFeed", "PriceFeedEvents", "ModuleKit", "ModuleTesting"]),
    library(
        "ConverterEvents",
        ["BankEvents", "InterchainEvents", "ModuleKit", protobuf, "TransferEvents"],
        excluding: ["converter.proto"]
    ),
    library(
        "Converter",
        [
            "ConverterEvents", "PriceFeedEvents", "VirtualStakingEvents", "BankEvents", "ControlChannel", "IBC",
            "InterchainEvents", "ModuleKit", "RewardsEvents", "StakingEvents", "TransferEvents",
        ]
    ),
    suite(
        "ConverterTests",
        [
            "Converter", "ConverterEvents", "PriceFeed", "PriceFeedEvents", "VirtualStaking", "VirtualStakingEvents",
            "Bank", "BankEvents", "NativeStaking", "Slashing", "SlashingEvents", "StakingEvents", "ModuleKit",
            "ModuleTesting", protobuf, "IBC", "ControlChannel", "InterchainEvents", "InterchainTesting", "Rewards",
            "RewardsEvents", "Transfer", "TransferEvents",
        ],
        excluding: ["Support/administrator.proto"]
    ),
    library("VirtualStakingEvents", earning + [protobuf], excluding: ["virtual_staking.proto"]),
    library("VirtualStaking", earning + ["ConverterEvents", "VirtualStakingEvents"]),
    suite(
        "VirtualStakingTests",
        [
            "ConverterEvents", "VirtualStaking", "VirtualStakingEvents", "Bank", "BankEvents", "NativeStaking",
            "StakingEvents", "StakingTesting", "ModuleKit", "ModuleTesting", protobuf, "Rewards", "RewardsEvents",
        ]
    )
)

/// What the modules can be told and record, each for itself.
let vocabularies: [Target.Dependency] = [
    "BankEvents", "StakingEvents", "RewardsEvents", "SlashingEvents", "GovernanceEvents", "InterchainEvents",
    "TransferEvents", "EvidenceEvents", "VaultEvents", "LocalStakingEvents", "ExternalStakingEvents",
    "RecommendedListEvents", "PriceFeedEvents", "ConverterEvents", "VirtualStakingEvents",
]

/// The modules themselves, which only the sandbox and tests name.
let modules: [Target.Dependency] = [
    "Bank", "NativeStaking", "Rewards", "Slashing", "Governance", "Interchain", "Transfer", "Evidence", "Vault",
    "LocalStaking", "ExternalStaking", "RecommendedList", "PriceFeed", "Converter", "VirtualStaking",
]
let host: [Target.Dependency] = ["MeshHost", "ModuleKit", "ModuleRuntime", "Storage"]

let runtime: [Target] = [
    library(
        "MeshHost",
        ["ModuleKit", "ModuleRuntime", "Storage", crypto, protobuf, logging, metrics],
        excluding: ["Block/block.proto", "Instances/host.proto", "Transaction/transaction.proto"]
    ),
    library("MeshAudit", host + ["LMDB", "CometBFT"]),
    library(
        "MeshSandbox",
        host + modules + vocabularies
            + ["CometBFT", "CometBFTProtobuf", "ControlChannel", "IBC", "ICS23", "LightClient", crypto, protobuf, yams]
    ),
    suite(
        "MeshHostTests",
        host + ["Bank", "BankEvents", "Counter", crypto, logging, metrics],
        excluding: ["Support/speaker.proto"]
    ),
    suite("MeshAuditTests", host + ["MeshAudit", "mesh-flip", "LMDB", "Bank", "BankEvents", "VirtualStakingEvents"]),
    suite(
        "MeshSecurityTests",
        modules + vocabularies
            + ["ControlChannel", "IBC", "InterchainTesting", "ModuleKit", "ModuleTesting", protobuf, "StakingTesting"],
        excluding: ["Support/Chains/conductor.proto"],
        copying: "Reference"
    ),
    suite(
        "MeshSandboxTests",
        host + modules + vocabularies
            + ["MeshSandbox", "MeshAudit", "CometBFT", "LightClient", "IBC", crypto, protobuf],
        excluding: ["Support/Telegraph/telegram.proto"]
    ),
]

let programs: [Target] = [
    program(
        "meshd",
        host + vocabularies
            + ["MeshAudit", "MeshSandbox", "ICS23", "CometBFT", "IBC", "Bank", "NativeStaking"]
            + [argumentParser, crypto, logging, protobuf]
    ),
    program("mesh-flip", host + ["MeshAudit", "Bank", "BankEvents", "NativeStaking", argumentParser, crypto]),
    program(
        "mesh-bench",
        at: "Benchmarks/mesh-bench",
        host + modules + vocabularies
            + ["MeshAudit", "MeshSandbox", "ICS23", "ZIP215", "CometBFT", "CometBFTTesting", "IBC", "CBaseline"]
            + [argumentParser, crypto, protobuf]
    ),
    .target(name: "CBaseline", path: "Benchmarks/CBaseline", linkerSettings: [.linkedLibrary("lmdb")]),
    suite("meshdTests", host + vocabularies + ["meshd", "MeshSandbox", "CometBFT", "LightClient", "ICS23", crypto]),
    suite("CrashTests", host + ["meshd", "MeshAudit", "MeshSandbox", "ModuleTesting", "BankEvents", crypto]),
    suite("HouseTests", []),
]

let example = targets(of: "Examples/Counter", library("Counter", ["ModuleKit"], excluding: ["counter.proto"]))

let plugins =
    bank + staking + rewards + governance + cometBFT + interchain + transfer + slashing + controlChannel + provider
    + consumer
let all = storage + strictJSON + moduleKit + plugins + runtime + programs + example

/// Every target that others can build on is a library of its own name.
let libraries = all.filter { $0.type == .regular && !["StorageTestSupport", "CBaseline", "Counter"].contains($0.name) }

let package = Package(
    name: "mesh-host",
    products: [.executable(name: "meshd", targets: ["meshd"])]
        + libraries.map { .library(name: $0.name, targets: [$0.name]) },
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: all
)
