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

let storage: [Target] = [
    .systemLibrary(
        name: "CLMDB",
        path: "storage/Sources/CLMDB",
        pkgConfig: "lmdb",
        providers: [.apt(["liblmdb-dev"])]
    ),
    .target(
        name: "LMDB",
        dependencies: ["CLMDB"],
        path: "storage/Sources/LMDB",
        swiftSettings: house + [.strictMemorySafety()]
    ),
    .target(
        name: "ICS23",
        dependencies: [crypto, protobuf],
        path: "storage/Sources/ICS23",
        exclude: ["Wire/ics23.proto", "Wire/commitment.proto"],
        swiftSettings: house
    ),
    .target(
        name: "Storage",
        dependencies: ["LMDB", "ICS23", crypto],
        path: "storage/Sources/Storage",
        swiftSettings: house
    ),
    .target(name: "StorageTestSupport", path: "storage/Sources/StorageTestSupport", swiftSettings: house),
    .testTarget(
        name: "LMDBTests",
        dependencies: ["LMDB", "StorageTestSupport"],
        path: "storage/Tests/LMDBTests",
        swiftSettings: house
    ),
    .testTarget(
        name: "ICS23Tests",
        dependencies: ["ICS23", "StorageTestSupport", crypto],
        path: "storage/Tests/ICS23Tests",
        resources: [.copy("Vectors")],
        swiftSettings: house
    ),
    .testTarget(
        name: "StorageTests",
        dependencies: ["Storage", "ICS23", "LMDB", "StorageTestSupport", crypto],
        path: "storage/Tests/StorageTests",
        resources: [.copy("Golden")],
        swiftSettings: house
    ),
]

let strictJSON: [Target] = [
    .target(name: "StrictJSON", path: "plugins/StrictJSON/Sources/StrictJSON", swiftSettings: house),
    .testTarget(
        name: "StrictJSONTests",
        dependencies: ["StrictJSON"],
        path: "plugins/StrictJSON/Tests/StrictJSONTests",
        swiftSettings: house
    ),
]

let moduleKit: [Target] = [
    .target(
        name: "ModuleKit",
        dependencies: ["StrictJSON", crypto, protobuf],
        path: "plugins/ModuleKit/Sources/ModuleKit",
        exclude: ["Vocabulary/kit.proto"],
        swiftSettings: house
    ),
    .target(
        name: "ModuleRuntime",
        dependencies: ["ModuleKit", "Storage"],
        path: "plugins/ModuleKit/Sources/ModuleRuntime",
        exclude: ["Envelope/envelope.proto"],
        swiftSettings: house
    ),
    .target(
        name: "ModuleTesting",
        dependencies: ["ModuleKit", "ModuleRuntime", "Storage", "ICS23"],
        path: "plugins/ModuleKit/Sources/ModuleTesting",
        exclude: ["Vocabulary/harness.proto"],
        swiftSettings: house
    ),
    .testTarget(
        name: "ModuleKitTests",
        dependencies: ["ModuleKit", "ModuleRuntime", "ModuleTesting", "Storage", "ICS23"],
        path: "plugins/ModuleKit/Tests/ModuleKitTests",
        exclude: ["Vocabulary/testing.proto"],
        swiftSettings: house
    ),
]

let bank: [Target] = [
    .target(
        name: "BankEvents",
        dependencies: ["ModuleKit"],
        path: "plugins/Bank/Sources/BankEvents",
        exclude: ["bank.proto"],
        swiftSettings: house
    ),
    .target(
        name: "Bank",
        dependencies: ["BankEvents", "ModuleKit"],
        path: "plugins/Bank/Sources/Bank",
        swiftSettings: house
    ),
    .testTarget(
        name: "BankTests",
        dependencies: ["Bank", "BankEvents", "ModuleKit", "ModuleTesting"],
        path: "plugins/Bank/Tests/BankTests",
        exclude: ["Support/pool.proto"],
        swiftSettings: house
    ),
]

let staking: [Target] = [
    .target(
        name: "StakingEvents",
        dependencies: ["ModuleKit", "BankEvents"],
        path: "plugins/Staking/Sources/StakingEvents",
        exclude: ["staking.proto"],
        swiftSettings: house
    ),
    .target(
        name: "NativeStaking",
        dependencies: ["StakingEvents", "BankEvents", "ModuleKit"],
        path: "plugins/Staking/Sources/NativeStaking",
        swiftSettings: house
    ),
    .testTarget(
        name: "NativeStakingTests",
        dependencies: [
            "NativeStaking", "StakingEvents", "BankEvents", "ModuleKit", "Bank", "ModuleRuntime", "ModuleTesting",
            "Storage",
        ],
        path: "plugins/Staking/Tests/NativeStakingTests",
        exclude: ["Kit/probe.proto"],
        swiftSettings: house
    ),
]

let cometBFT: [Target] = [
    .target(name: "ZIP215", dependencies: [crypto], path: "plugins/CometBFT/Sources/ZIP215", swiftSettings: house),
    .target(
        name: "CometBFTProtobuf",
        dependencies: [protobuf],
        path: "plugins/CometBFT/Sources/CometBFTProtobuf",
        exclude: ["tendermint"],
        swiftSettings: house
    ),
    .target(
        name: "CometBFT",
        dependencies: ["ZIP215", "CometBFTProtobuf", "StrictJSON", crypto, protobuf],
        path: "plugins/CometBFT/Sources/CometBFT",
        swiftSettings: house
    ),
    .target(
        name: "LightClient",
        dependencies: ["CometBFT"],
        path: "plugins/CometBFT/Sources/LightClient",
        swiftSettings: house
    ),
    .target(
        name: "CometBFTTesting",
        dependencies: ["CometBFT", crypto],
        path: "plugins/CometBFT/Sources/CometBFTTesting",
        swiftSettings: house
    ),
    .testTarget(
        name: "ZIP215Tests",
        dependencies: ["ZIP215", "CometBFTTesting", crypto],
        path: "plugins/CometBFT/Tests/ZIP215Tests",
        resources: [.copy("Vectors")],
        swiftSettings: house
    ),
    .testTarget(
        name: "CometBFTTests",
        dependencies: ["CometBFT", "CometBFTTesting", "CometBFTProtobuf", crypto, protobuf],
        path: "plugins/CometBFT/Tests/CometBFTTests",
        resources: [.copy("Vectors")],
        swiftSettings: house
    ),
    .testTarget(
        name: "LightClientTests",
        dependencies: ["LightClient", "CometBFT", "CometBFTTesting", crypto],
        path: "plugins/CometBFT/Tests/LightClientTests",
        resources: [.copy("Vectors")],
        swiftSettings: house
    ),
]

let interchain: [Target] = [
    .target(
        name: "IBC",
        dependencies: ["CometBFT", "CometBFTProtobuf", "LightClient", "ICS23", "StrictJSON", crypto, protobuf],
        path: "plugins/Interchain/Sources/IBC",
        exclude: ["Wire/ibc"],
        swiftSettings: house
    ),
    .testTarget(
        name: "IBCTests",
        dependencies: ["IBC", "CometBFT", "CometBFTTesting", "LightClient", "ICS23", "StrictJSON", crypto, protobuf],
        path: "plugins/Interchain/Tests/IBCTests",
        resources: [.copy("Vectors")],
        swiftSettings: house
    ),
    .target(
        name: "InterchainEvents",
        dependencies: ["IBC", "ModuleKit", protobuf],
        path: "plugins/Interchain/Sources/InterchainEvents",
        exclude: ["interchain.proto"],
        swiftSettings: house
    ),
    .target(
        name: "Interchain",
        dependencies: ["InterchainEvents", "IBC", "CometBFT", "ICS23", "ModuleKit", protobuf],
        path: "plugins/Interchain/Sources/Interchain",
        swiftSettings: house
    ),
    .testTarget(
        name: "InterchainTests",
        dependencies: [
            "Interchain", "InterchainEvents", "IBC", "CometBFT", "CometBFTTesting", "ICS23", "LightClient", "ModuleKit",
            "ModuleTesting", protobuf,
        ],
        path: "plugins/Interchain/Tests/InterchainTests",
        exclude: ["Support/postcard.proto"],
        swiftSettings: house
    ),
]

let transfer: [Target] = [
    .target(
        name: "TransferEvents",
        dependencies: ["BankEvents", "IBC", "InterchainEvents", "ModuleKit", protobuf],
        path: "plugins/Transfer/Sources/TransferEvents",
        exclude: ["transfer.proto"],
        swiftSettings: house
    ),
    .target(
        name: "Transfer",
        dependencies: ["TransferEvents", "BankEvents", "IBC", "InterchainEvents", "ModuleKit"],
        path: "plugins/Transfer/Sources/Transfer",
        swiftSettings: house
    ),
    .testTarget(
        name: "TransferTests",
        dependencies: [
            "Transfer", "TransferEvents", "Bank", "BankEvents", "IBC", "InterchainEvents", "ModuleKit", "ModuleTesting",
            protobuf,
        ],
        path: "plugins/Transfer/Tests/TransferTests",
        exclude: ["Support/kiosk.proto"],
        swiftSettings: house
    ),
]

let runtime: [Target] = [
    .target(
        name: "MeshHost",
        dependencies: ["ModuleKit", "ModuleRuntime", "Storage", crypto, protobuf, logging, metrics],
        exclude: ["Block/block.proto", "Instances/host.proto", "Transaction/transaction.proto"],
        swiftSettings: house
    ),
    .target(
        name: "MeshAudit",
        dependencies: ["MeshHost", "ModuleKit", "ModuleRuntime", "Storage", "LMDB", "CometBFT"],
        swiftSettings: house
    ),
    .target(
        name: "MeshSandbox",
        dependencies: [
            "MeshHost", "ModuleKit", "ModuleRuntime", "Storage", "CometBFT", "LightClient", "IBC", "InterchainEvents",
            "Interchain", "Transfer", "TransferEvents", "ICS23", "CometBFTProtobuf", "Bank", "BankEvents",
            "NativeStaking", crypto, protobuf, yams,
        ],
        swiftSettings: house
    ),
    .testTarget(
        name: "MeshHostTests",
        dependencies: [
            "MeshHost", "ModuleKit", "ModuleRuntime", "Storage", "Bank", "BankEvents", "Counter", crypto, logging,
            metrics,
        ],
        swiftSettings: house
    ),
]

let programs: [Target] = [
    .executableTarget(
        name: "meshd",
        dependencies: [
            "MeshHost", "MeshAudit", "MeshSandbox", "ModuleKit", "ModuleRuntime", "Storage", "ICS23", "CometBFT", "IBC",
            "Bank", "BankEvents", "NativeStaking", "StakingEvents", "InterchainEvents", "TransferEvents",
            argumentParser, crypto, logging, protobuf,
        ],
        swiftSettings: house
    ),
    .executableTarget(
        name: "mesh-flip",
        dependencies: [
            "MeshAudit", "MeshHost", "ModuleKit", "Storage", "Bank", "BankEvents", "NativeStaking", argumentParser,
            crypto,
        ],
        swiftSettings: house
    ),
    .target(name: "CBaseline", path: "Benchmarks/CBaseline", linkerSettings: [.linkedLibrary("lmdb")]),
    .executableTarget(
        name: "mesh-bench",
        dependencies: [
            "MeshHost", "MeshAudit", "MeshSandbox", "ModuleKit", "ModuleRuntime", "Storage", "ICS23", "ZIP215",
            "CometBFT", "CometBFTTesting", "Bank", "BankEvents", "NativeStaking", "StakingEvents", "IBC",
            "InterchainEvents", "TransferEvents", "CBaseline", argumentParser, crypto,
        ],
        path: "Benchmarks/mesh-bench",
        swiftSettings: house
    ),
    .target(
        name: "Counter",
        dependencies: ["ModuleKit"],
        path: "Examples/Counter/Sources/Counter",
        exclude: ["counter.proto"],
        swiftSettings: house
    ),
    .testTarget(
        name: "MeshSandboxTests",
        dependencies: [
            "MeshSandbox", "MeshAudit", "MeshHost", "ModuleKit", "Storage", "CometBFT", "LightClient", "IBC",
            "InterchainEvents", "Interchain", "TransferEvents", "Bank", "BankEvents", "NativeStaking", "StakingEvents",
            crypto, protobuf,
        ],
        exclude: ["Support/Telegraph/telegram.proto"],
        swiftSettings: house
    ),
    .testTarget(
        name: "MeshAuditTests",
        dependencies: [
            "MeshAudit", "mesh-flip", "MeshHost", "ModuleKit", "ModuleRuntime", "Storage", "LMDB", "Bank", "BankEvents",
        ],
        swiftSettings: house
    ),
    .testTarget(
        name: "meshdTests",
        dependencies: ["meshd", "MeshSandbox", "ModuleKit", "Storage", "CometBFT", "LightClient", "ICS23", crypto],
        swiftSettings: house
    ),
    .testTarget(
        name: "CrashTests",
        dependencies: [
            "meshd", "MeshAudit", "MeshHost", "MeshSandbox", "ModuleKit", "ModuleTesting", "Storage", "BankEvents",
            crypto,
        ],
        swiftSettings: house
    ),
    .testTarget(name: "HouseTests", swiftSettings: house),
]

/// Every target that others can build on is a library of its own name.
let libraries = [
    "MeshHost", "MeshAudit", "MeshSandbox", "StrictJSON", "ModuleKit", "ModuleRuntime", "ModuleTesting", "LMDB",
    "Storage", "ICS23", "ZIP215", "CometBFTProtobuf", "CometBFT", "LightClient", "CometBFTTesting", "IBC",
    "InterchainEvents", "Interchain", "TransferEvents", "Transfer", "Bank", "BankEvents", "NativeStaking",
    "StakingEvents",
]

let package = Package(
    name: "mesh-host",
    products: [.executable(name: "meshd", targets: ["meshd"])]
        + libraries.map { .library(name: $0, targets: [$0]) },
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: storage + strictJSON + moduleKit + bank + staking + cometBFT + interchain + transfer + runtime + programs
)
