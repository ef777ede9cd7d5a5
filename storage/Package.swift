// swift-tools-version:6.2
import PackageDescription

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")

let package = Package(
    name: "storage",
    products: [
        .library(name: "LMDB", targets: ["LMDB"]),
        .library(name: "Storage", targets: ["Storage"]),
        .library(name: "ICS23", targets: ["ICS23"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    ],
    targets: [
        .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
        .target(name: "LMDB", dependencies: ["CLMDB"], swiftSettings: house + [.strictMemorySafety()]),
        .target(
            name: "Storage",
            dependencies: ["LMDB", "ICS23", crypto],
            swiftSettings: house
        ),
        .target(
            name: "ICS23",
            dependencies: [crypto, protobuf],
            exclude: ["Wire/ics23.proto", "Wire/commitment.proto"],
            swiftSettings: house
        ),
        .target(name: "StorageTestSupport", swiftSettings: house),
        .testTarget(name: "LMDBTests", dependencies: ["LMDB", "StorageTestSupport"], swiftSettings: house),
        .testTarget(
            name: "ICS23Tests",
            dependencies: ["ICS23", "StorageTestSupport", crypto],
            resources: [.copy("Vectors")],
            swiftSettings: house
        ),
        .testTarget(
            name: "StorageTests",
            dependencies: ["Storage", "ICS23", "LMDB", "StorageTestSupport", crypto],
            resources: [.copy("Golden")],
            swiftSettings: house
        ),
    ]
)
